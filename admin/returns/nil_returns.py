"""Which units returned nothing but nil in a time (零报送), for the annexes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.returns.newest import by_period, standing_version
from admin.returns.sight import visible
from portal.campaign.book import Book


def nil_returns(
    session: Session, access: Access, book: Book, first: date, last: date
) -> dict[str, bool]:
    """By the units' codes, whether every return that this person may see and that counts, of the
    periods that end from one Shanghai day to another, is nil. A unit of which nothing came isn't
    in it."""
    periods = [one for one in book.return_periods if first <= one.last <= last]
    said: dict[str, list[bool]] = defaultdict(list)
    for pairs in by_period(session, periods, visible(access)).values() if periods else ():
        for (unit, _), versions in pairs.items():
            stands = standing_version(versions)
            if stands is not None:
                said[unit].append(stands.said.nil)
    return {unit: all(nil) for unit, nil in said.items()}
