"""Who sees what of summaries: a unit its own part, the office the parts that were handed in; what
the office makes of them, its people who serve no other unit."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, true

from admin.accounts.access import Access
from admin.accounts.own_units import serves_the_office_alone
from admin.returns.signed_version import ReturnState
from admin.summaries.contribution import Contribution
from admin.summaries.planned import Owed, find_owed
from portal.campaign.book import Book


class NoSuchSummary(LookupError):
    """There is no such summary, part or sending, or none that this person may see: nobody is told
    which."""


def visible(access: Access) -> ColumnElement[bool]:
    """The condition under which a version of a part exists for this person."""
    own = Contribution.unit_code.in_(access.fieldwork)
    if not access.as_office:
        return own
    return or_(own, and_(true(), Contribution.state != ReturnState.FILLED_IN))


def may_see(access: Access, owed: Owed) -> bool:
    """Whether this person may know how a part stands."""
    return access.as_office or owed.unit in access.fieldwork


def find(access: Access, book: Book, key: str, unit: str) -> Owed:
    """The part of that address.

    Raises:
        NoSuchSummary: none is owed, or it isn't this person's to see.
    """
    found = find_owed(book, key, unit)
    if found is None or not may_see(access, found):
        raise NoSuchSummary(key, unit)
    return found


def puts_together(access: Access) -> bool:
    """Whether this person works on the whole: it holds what was referred, and numbers of every
    unit, so that whoever serves one of those besides has no part in it."""
    return serves_the_office_alone(access)
