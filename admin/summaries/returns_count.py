"""The monthly returns of a time, one row for each that is expected (月报：报了、晚报、零报送)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.returns.expected import expected_in
from admin.returns.newest import by_period, standing_version
from admin.returns.standing import standing_of
from portal.campaign.book import Book
from portal.campaign.return_rule import Period
from portal.foundation import clock


@dataclass(frozen=True)
class ReturnRow:
    """One expected return: whose, to whom, of which month, and what there is of it."""

    unit: str
    receiver: str
    period: Period
    came: bool
    late: bool
    nil: bool


def return_rows(session: Session, book: Book, first: date, last: date) -> Iterator[ReturnRow]:
    """Those whose period ends from one Shanghai day to another, both included."""
    periods = [one for one in book.return_periods if first <= one.last <= last]
    came = by_period(session, periods) if periods else {}
    for period in periods:
        for one in expected_in(book, period):
            versions = came.get(period, {}).get((one.unit, one.receiver), ())
            stands = standing_version(versions)
            yield ReturnRow(
                one.unit,
                one.receiver,
                period,
                came=stands is not None,
                late=bool(standing_of(period, versions, clock.today()).days_late),
                nil=stands is not None and stands.said.nil,
            )
