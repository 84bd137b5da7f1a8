"""Somebody leaves (离岗): from this moment he can do nothing here, and what he had in hand goes
back to his units. One person says so, at once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin.accounts.credential import Credential
from admin.accounts.passkeys import forget_all
from admin.accounts.sessions import end_sessions
from admin.accounts.staff_mail import StaffMail
from admin.staffing.discipline import end_reading
from admin.staffing.handing_back import hand_back
from admin.staffing.leaver import Leaver, LeaverUnit
from admin.staffing.proposing import take_all_back
from admin.staffing.taking_away import check_may_take, working
from intake.cases.event import record
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Staff

# So long the page says that the machine's keys want turning.
_REMEMBERED = timedelta(days=30)


def leave(
    session: Session, book: Book, staff_id: int, *, by: Staff, had_server: bool = False
) -> Leaver:
    """Let somebody leave: posts, sign-ins, links, password and second factor end. Whoever had a
    key to the machine besides is noted, so that its keys are turned.

    Coming back is a new addition, by two people. Raises NoSuchPerson, OfDiscipline.
    """
    staff = working(session, staff_id)
    check_may_take(session, book, staff, by=by)
    served = staff.unit_codes
    leaver = Leaver(staff_id=staff.id, left_at=clock.now(), ended_by=by.id, had_server=had_server)
    session.add(leaver)
    session.flush()
    matters = hand_back(session, book, leaver, served, by=by.id)
    # The office hears of its rounds and checks; of cases a unit that he served, and no other.
    told = [one for one in matters if one.case_id is None or one.unit_code in served]
    session.add_all(told)
    for code in sorted(served | {one.unit_code for one in told}):
        session.add(LeaverUnit(leaver_id=leaver.id, unit_code=code))
    _take_everything(session, staff)
    end_reading(session, staff.id, by=by.id)
    take_all_back(session, staff.id, by=by.id, concerning_him=True)
    record(session, "staff_left", by=by.id, staff=staff.id)
    session.flush()
    return leaver


def _take_everything(session: Session, staff: Staff) -> None:
    staff.active = False
    staff.posts.clear()
    credential = session.get_one(Credential, staff.id, with_for_update=True)
    credential.forget(clock.now())
    credential.close_enrolment()
    end_sessions(session, staff.id)
    forget_all(session, staff.id)
    session.execute(delete(StaffMail).where(StaffMail.staff_id == staff.id))


def left_with_keys(session: Session) -> list[str]:
    """The names of those who left in the last thirty days and could get at the machine."""
    recent = clock.now() - _REMEMBERED
    wanted = (
        select(Staff.display_name)
        .join(Leaver, Leaver.staff_id == Staff.id)
        .where(Leaver.had_server, Leaver.left_at > recent)
        .order_by(Leaver.id)
    )
    return list(session.scalars(wanted))
