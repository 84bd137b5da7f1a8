"""Who may visit a reporter: whoever may see the case and had no hand in it, so that nobody asks
about his own work."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.desk.another_officer import HANDLING, handled_by
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.event import Event


class HandledIt(Exception):
    """This person handled the case; somebody else asks how it went."""


def may_visit(access: Access) -> ColumnElement[bool]:
    """The condition under which somebody may visit a case's reporter: his unit leads it or
    decides about it, and he never handled it."""
    mine = select(Event.seq).where(
        Event.case_id == Case.id,
        or_(
            and_(Event.staff_id == access.staff_id, Event.name.in_(HANDLING - {"claimed"})),
            # The head gives a case to somebody else: the event says to whom.
            and_(
                Event.name == "claimed",
                Event.facts["staff"].as_integer() == access.staff_id,
            ),
        ),
    )
    return and_(_scope(access), ~mine.exists())


def _scope(access: Access) -> ColumnElement[bool]:
    """The cases that one's unit leads, or decides about; whoever only helps asks nobody."""
    if access.as_office:
        return visible(access)
    led = visible(access, at_own_desk=True)
    if not access.stands_in_for:
        return led
    accused = select(Bar.id).where(Bar.case_id == Case.id, Bar.unit_code.in_(access.stands_in_for))
    return or_(led, and_(visible(access), Case.barred, accused.exists()))


def check_not_handled(session: Session, case: Case, access: Access) -> None:
    """Refuse who handled the case. Raises HandledIt."""
    if access.staff_id in handled_by(session, case):
        raise HandledIt(case.number)
