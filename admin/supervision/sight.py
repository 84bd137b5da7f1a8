"""Of what is suggested somebody reads only where he decides: a unit must not learn from a list that
it is about to be supervised."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, select, true

from admin.accounts.access import Access, visible
from intake.cases.bar import Bar
from intake.cases.case import Case


def decided_by(access: Access) -> ColumnElement[bool]:
    """The condition under which a case exists for somebody and is his body's to decide about: the
    office's, or of the body in its stead where it is accused."""
    return and_(visible(access), _as_the_office(access))


def _as_the_office(access: Access) -> ColumnElement[bool]:
    if access.as_office:
        return true()
    if not access.stands_in_for:
        return false()
    accused = select(Bar.id).where(Bar.case_id == Case.id, Bar.unit_code.in_(access.stands_in_for))
    return and_(Case.barred, accused.exists())
