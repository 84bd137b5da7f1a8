"""The alarm without content: a case lies with a body that has no desk here."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from admin.accounts.alarm_roles import hears_alarms
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.rules.lifecycle import OPEN_STATES
from portal.campaign.book import Book
from portal.foundation.staff import Staff


def waiting_for_hand_over(session: Session, staff: Staff, book: Book) -> int:
    """How many open cases lie with a body without a desk; 0 for whoever the campaign doesn't name.

    Whoever is accused in such a case isn't told of it, be it the person himself or a unit that
    he serves (信访工作条例 30(3)).
    """
    if not hears_alarms(staff, book):
        return 0
    without_desk = [unit.code for unit in book.units.values() if not unit.desk]
    accused = select(Bar.id).where(
        Bar.case_id == Case.id,
        or_(Bar.unit_code.in_(staff.unit_codes), Bar.staff_id == staff.id),
    )
    found = session.scalar(
        select(func.count())
        .select_from(Case)
        .where(Case.unit_code.in_(without_desk), Case.state.in_(OPEN_STATES), ~accused.exists())
    )
    return found or 0
