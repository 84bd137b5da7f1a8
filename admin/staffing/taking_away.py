"""What takes power away: one person does it, at once, since speed protects. The account's owner is
told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.credential import Credential
from admin.accounts.sessions import end_sessions
from admin.staffing.discipline import end_reading, serves_discipline, tell_discipline
from admin.staffing.powers import is_of_discipline, oversees
from admin.staffing.proposing import take_all_back
from admin.staffing.refusals import NoSuchPerson, OfDiscipline
from admin.staffing.telling import tell_owner
from intake.cases.event import record
from portal.campaign.book import Book
from portal.foundation.staff import Post, Role, Staff


def take_post(
    session: Session, book: Book, staff_id: int, post: tuple[str, Role], *, by: Staff
) -> None:
    """Take a post, a unit's code and a role, away, and end the person's sign-ins; who is no
    administrator any more asks for nothing. Raises NoSuchPerson, OfDiscipline."""
    staff = working(session, staff_id)
    check_may_take(session, book, staff, by=by)
    (unit_code, role), found = post, session.get(Post, (staff.id, *post))
    if found is None:
        raise NoSuchPerson
    staff.posts.remove(found)
    session.flush()
    end_sessions(session, staff.id)
    if not staff.holds(Role.SYSTEM_ADMIN):
        take_all_back(session, staff.id, by=by.id)
    if not is_of_discipline(staff, book.campaign):
        end_reading(session, staff.id, by=by.id)
    record(session, "post_taken", by=by.id, staff=staff.id, unit=unit_code, role=role)
    tell_owner(session, staff.id)


def end_sign_ins(session: Session, book: Book, staff_id: int, *, by: Staff) -> None:
    """End every sign-in of a person, and his one-time link. Of somebody in discipline inspection
    an administrator may too, since speed protects, and discipline inspection is told. Raises
    NoSuchPerson."""
    staff = working(session, staff_id)
    of_discipline = serves_discipline(session, book, staff)
    if not (oversees(by, book.campaign) or (of_discipline and is_of_discipline(by, book.campaign))):
        raise NoSuchPerson
    end_sessions(session, staff.id)
    session.get_one(Credential, staff.id).close_enrolment()
    record(session, "sign_ins_ended", by=by.id, staff=staff.id)
    tell_owner(session, staff.id)
    if of_discipline and not is_of_discipline(by, book.campaign):
        tell_discipline(session, book, but=staff.id)


def check_may_take(session: Session, book: Book, staff: Staff, *, by: Staff) -> None:
    """Refuse to take posts from somebody, or to let him leave, where that isn't `by`'s to do.

    Raises:
        OfDiscipline: he is of discipline inspection, which does it itself.
        NoSuchPerson: whoever asks looks after no such account.
    """
    if serves_discipline(session, book, staff):
        if not is_of_discipline(by, book.campaign):
            raise OfDiscipline
    elif not oversees(by, book.campaign):
        raise NoSuchPerson


def working(session: Session, staff_id: int) -> Staff:
    """Somebody who works here. Raises NoSuchPerson."""
    staff = session.get(Staff, staff_id, with_for_update=True)
    if staff is None or not staff.active:
        raise NoSuchPerson
    return staff
