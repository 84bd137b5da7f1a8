"""How many of the returns of each month came, for the plan's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.returns.expected import expected_in, opened
from admin.returns.newest import by_period, standing_version
from portal.campaign.book import Book
from portal.foundation import clock


@dataclass(frozen=True)
class ReturnCount:
    """How many returns are expected of a month, and how many of them came and stand."""

    came: int
    expected: int


def count_returns(session: Session, book: Book) -> Mapping[date, ReturnCount]:
    """The months that have been opened, by the Shanghai day on which they are due; for the
    office."""
    periods = opened(book, clock.today())
    came = by_period(session, periods) if periods else {}
    counts = {}
    for period in periods:
        pairs, expected = came.get(period, {}), expected_in(book, period)
        stand = sum(
            standing_version(pairs.get((one.unit, one.receiver), ())) is not None
            for one in expected
        )
        counts[period.due_on] = ReturnCount(stand, len(expected))
    return counts
