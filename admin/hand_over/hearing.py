"""Who hears of a case that lies with a body without an account, and may carry it there: whom the
campaign names by role, and whom the case doesn't accuse (信访工作条例 30(3))."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from admin.accounts.alarm_roles import hears_alarms
from admin.hand_over.package import Package
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.rules.lifecycle import OPEN_STATES
from portal.campaign.book import Book
from portal.foundation.staff import Staff


def waiting_cases(staff: Staff, book: Book) -> ColumnElement[bool]:
    """The open cases that lie with a body without a desk and weren't delivered to it, of those that
    accuse neither this person nor a unit that he serves."""
    without_desk = [unit.code for unit in book.units.values() if not unit.desk]
    accused = select(Bar.id).where(
        Bar.case_id == Case.id,
        or_(Bar.unit_code.in_(staff.unit_codes), Bar.staff_id == staff.id),
    )
    delivered = select(Package.id).where(
        Package.case_id == Case.id,
        Package.unit_code == Case.unit_code,
        Package.delivered_on.is_not(None),
    )
    return and_(
        Case.unit_code.in_(without_desk),
        Case.state.in_(OPEN_STATES),
        ~accused.exists(),
        ~delivered.exists(),
    )


def waiting_for_hand_over(session: Session, staff: Staff, book: Book) -> int:
    """How many such cases there are; 0 for whoever the campaign doesn't name."""
    if not hears_alarms(staff, book):
        return 0
    found = select(func.count()).select_from(Case).where(waiting_cases(staff, book))
    return session.scalar(found) or 0
