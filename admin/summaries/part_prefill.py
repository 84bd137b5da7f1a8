"""What the ledger and the monthly returns say of a unit in the time of a summary: with it a part is
filled in, and nobody types it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.returns.counts import Counts
from admin.returns.prefill import own_counts
from admin.summaries.part_content import ReturnsGiven
from admin.summaries.planned import Owed
from admin.summaries.returns_count import return_rows
from portal.campaign.book import Book
from portal.foundation import clock


@dataclass(frozen=True)
class PartPrefilled:
    """The unit's counts up to a Shanghai day, and its monthly returns of the time."""

    counted_on: date
    own: Counts
    returns: ReturnsGiven


def prefill_part(session: Session, book: Book, owed: Owed) -> PartPrefilled:
    """What there is now: of the summary's days, those that have come."""
    days = owed.planned.days
    day = min(days.last, clock.today())
    rows = [one for one in return_rows(session, book, days.first, day) if one.unit == owed.unit]
    return PartPrefilled(
        day,
        own_counts(session, book, owed.expected, day),
        ReturnsGiven(
            expected=len(rows),
            came=sum(one.came for one in rows),
            late=sum(one.late for one in rows),
            nil=sum(one.nil for one in rows),
        ),
    )
