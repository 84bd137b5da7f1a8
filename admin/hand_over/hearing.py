"""Who hears of a case that nobody here can act on, and may carry it to the body that has it: whom
the campaign names by role, and whom the case doesn't accuse (信访工作条例 30(3))."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from admin.accounts.alarm_roles import hears_alarms
from admin.hand_over.unattended import unattended
from intake.cases.bar import Bar
from intake.cases.case import Case
from portal.campaign.book import Book
from portal.foundation.staff import Staff


def waiting_cases(session: Session, staff: Staff, book: Book) -> ColumnElement[bool]:
    """The cases that wait to be carried, of those that accuse neither this person nor a unit that
    he serves."""
    accused = select(Bar.id).where(
        Bar.case_id == Case.id,
        or_(Bar.unit_code.in_(staff.unit_codes), Bar.staff_id == staff.id),
    )
    return and_(unattended(session, book), ~accused.exists())


def waiting_for_hand_over(session: Session, staff: Staff, book: Book) -> int:
    """How many such cases there are; 0 for whoever the campaign doesn't name."""
    if not hears_alarms(staff, book):
        return 0
    found = select(func.count()).select_from(Case).where(waiting_cases(session, staff, book))
    return session.scalar(found) or 0


def unheard(session: Session, book: Book) -> int:
    """How many cases wait to be carried that everybody accuses who would have to hear of them."""
    waiting = set(session.scalars(select(Case.id).where(unattended(session, book))))
    for staff in session.scalars(select(Staff).where(Staff.active)):
        if waiting and hears_alarms(staff, book):
            heard = select(Case.id).where(waiting_cases(session, staff, book))
            waiting -= set(session.scalars(heard))
    return len(waiting)
