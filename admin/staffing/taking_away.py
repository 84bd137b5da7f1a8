"""What takes power away: one person does it, at once, since speed protects. The account's owner is
told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.credential import Credential
from admin.accounts.sessions import end_sessions
from admin.staffing.proposing import take_all_back
from admin.staffing.refusals import NoSuchPerson
from admin.staffing.telling import tell_owner
from intake.cases.event import record
from portal.foundation.staff import Post, Role, Staff


def take_post(session: Session, staff_id: int, unit_code: str, role: Role, *, by: int) -> None:
    """Take a post away, and end the person's sign-ins; who is no administrator any more asks for
    nothing. Raises NoSuchPerson."""
    staff = working(session, staff_id)
    post = session.get(Post, (staff.id, unit_code, role))
    if post is None:
        raise NoSuchPerson
    staff.posts.remove(post)
    session.flush()
    end_sessions(session, staff.id)
    if not staff.holds(Role.SYSTEM_ADMIN):
        take_all_back(session, staff.id, by=by)
    record(session, "post_taken", by=by, staff=staff.id, unit=unit_code, role=role)
    tell_owner(session, staff.id)


def end_sign_ins(session: Session, staff_id: int, *, by: int) -> None:
    """End every sign-in of a person, and his one-time link. Raises NoSuchPerson."""
    staff = working(session, staff_id)
    end_sessions(session, staff.id)
    session.get_one(Credential, staff.id).close_enrolment()
    record(session, "sign_ins_ended", by=by, staff=staff.id)
    tell_owner(session, staff.id)


def working(session: Session, staff_id: int) -> Staff:
    """Somebody who works here. Raises NoSuchPerson."""
    staff = session.get(Staff, staff_id, with_for_update=True)
    if staff is None or not staff.active:
        raise NoSuchPerson
    return staff
