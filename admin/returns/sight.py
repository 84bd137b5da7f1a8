"""The one rule that says who sees a return: its unit, its receiver once it was handed in, the
office; others none."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, true

from admin.accounts.access import Access
from admin.returns.expected import Expected, find_expected
from admin.returns.monthly_return import MonthlyReturn, ReturnState
from portal.campaign.book import Book


class NoSuchReturn(LookupError):
    """There is no such return, or none that this person may see: nobody is told which."""


def visible(access: Access) -> ColumnElement[bool]:
    """The condition under which a version exists for this person."""
    towards = true() if access.as_office else MonthlyReturn.receiver_code.in_(access.desks)
    return or_(
        MonthlyReturn.unit_code.in_(access.fieldwork),
        and_(towards, MonthlyReturn.state != ReturnState.FILLED_IN),
    )


def may_see(access: Access, expected: Expected) -> bool:
    """Whether this person may know how an expected return stands."""
    own = expected.unit in access.fieldwork or expected.receiver in access.desks
    return access.as_office or own


def find(access: Access, book: Book, month: str, unit: str, receiver: str) -> Expected:
    """The expected return of that address.

    Raises:
        NoSuchReturn: none is expected, or it isn't this person's to see.
    """
    found = find_expected(book, month, unit, receiver)
    if found is None or not may_see(access, found):
        raise NoSuchReturn(month, unit, receiver)
    return found
