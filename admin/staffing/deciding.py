"""Agreeing to what gives somebody power, or refusing it; and the two halves of a one-time link.

Who agrees is told the word, who asked fetches the link; the person himself needs both. So neither
of the two can sign in as him.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from admin.accounts.add_staff import come_back, give_posts, make_link, new_staff
from admin.accounts.credential import Credential
from admin.accounts.enrolment_word import make_word
from admin.accounts.one_time_token import new_half
from admin.accounts.posts import only_stamped
from admin.staffing.discipline import counts_as_discipline
from admin.staffing.powers import is_of_discipline, oversees
from admin.staffing.proposing import end
from admin.staffing.refusals import (
    ForHimself,
    NameTaken,
    NeedsAnother,
    NoSuchChange,
    NoSuchPerson,
    NotNow,
)
from admin.staffing.staff_change import Outcome, StaffChange, What
from admin.staffing.telling import tell_owner
from admin.staffing.wanted import Said, Wanted, agreed, said_in
from intake.cases.event import record
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Role, Staff


def find_change(session: Session, key: str, *, to_change: bool = False) -> StaffChange:
    """A change that was really asked for. Raises NoSuchChange."""
    wanted = select(StaffChange).where(StaffChange.key == key)
    change = session.scalar(wanted.with_for_update() if to_change else wanted)
    if change is None or said_in(session, change) is None:
        raise NoSuchChange
    return change


def agree(session: Session, book: Book, change: StaffChange, *, by: Staff) -> str | None:
    """Let a change happen; returns the word of the link that comes of it, for the person himself,
    or None where a post comes of it alone.

    Raises:
        NotNow, ForHimself, NeedsAnother, NoSuchChange, NameTaken, NoSuchPerson: see there.
    """
    said = _to_decide(session, book, change, by)
    _still_asks(session, said.proposed_by)
    staff = _whom(session, said.wanted)
    _void_links(session, staff.id)
    if said.wanted.role is not None:
        give_posts(session, staff, [(said.wanted.unit_code, said.wanted.role)], by=by.id)
    change.staff_id = staff.id
    end(session, change, Outcome.AGREED, by=by.id)
    agreed(session, change, said, by=by.id)
    what = change.what.value
    record(session, "staff_change_agreed", by=by.id, change=change.key, what=what)
    tell_owner(session, staff.id)
    if change.what is What.POST:
        return None
    return make_word(session, session.get_one(Credential, staff.id, with_for_update=True))


def refuse(session: Session, book: Book, change: StaffChange, *, by: Staff) -> None:
    """Let it not happen.

    Raises:
        NotNow, ForHimself, NeedsAnother, NoSuchChange: see there.
    """
    _to_decide(session, book, change, by)
    end(session, change, Outcome.REFUSED, by=by.id)
    what = change.what.value
    record(session, "staff_change_refused", by=by.id, change=change.key, what=what)


def fetch_link(session: Session, book: Book, change: StaffChange, *, by: int) -> str:
    """The token of the one-time link, once, for whoever asked for it.

    Raises:
        NotNow: it isn't agreed, was fetched before, that is more than 48 hours ago, or whoever
            agreed may decide no more, since the person holds other posts by now.
    """
    said = said_in(session, change)
    if said is None or said.agreed_by is None or change.proposed_by != by:
        raise NotNow
    if change.what is What.POST or not change.is_fetchable(clock.now()):
        raise NotNow
    staff = session.get(Staff, change.staff_id or 0)
    if staff is None or not staff.active:
        raise NotNow
    agreed_by = _working(session, said.agreed_by)
    if agreed_by is None or not may_decide(session, book, said, agreed_by):
        raise NotNow
    change.fetched_at = clock.now()
    return make_link(session, staff.id, new_half(staff.id), by=by)


def may_decide(session: Session, book: Book, said: Said, staff: Staff) -> bool:
    """Whether somebody is the second person for a change: the head of the office or another
    administrator; where it gives a hand in discipline inspection, discipline inspection alone, or
    the office could appoint who looks into it. Where nobody is left there, the command line
    remains."""
    if staff.id in {said.proposed_by, said.wanted.staff_id}:
        return False
    whom = session.get(Staff, said.wanted.staff_id or 0)
    gives = said.wanted.unit_code == book.campaign.discipline_code
    if gives or (whom is not None and counts_as_discipline(session, book, whom)):
        return is_of_discipline(staff, book.campaign)
    return oversees(staff, book.campaign)


def _to_decide(session: Session, book: Book, change: StaffChange, by: Staff) -> Said:
    said = said_in(session, change)
    if said is None:
        raise NoSuchChange
    if not change.waits(clock.now()):
        raise NotNow
    if said.proposed_by == by.id:
        raise NeedsAnother
    if said.wanted.staff_id == by.id:
        raise ForHimself
    if not may_decide(session, book, said, by):
        raise NoSuchChange
    return said


def _still_asks(session: Session, proposed_by: int) -> None:
    """Whoever asked must be an administrator still. Raises NotNow."""
    found = _working(session, proposed_by)
    if found is None or not found.holds(Role.SYSTEM_ADMIN):
        raise NotNow


def _working(session: Session, staff_id: int) -> Staff | None:
    found = session.get(Staff, staff_id)
    return only_stamped(session, found) if found is not None and found.active else None


def _void_links(session: Session, staff_id: int) -> None:
    """What was agreed for the same person and not fetched yet is to be fetched no more: its link
    would open by the word of another change, which somebody else was told."""
    unfetched = update(StaffChange).where(
        StaffChange.staff_id == staff_id,
        StaffChange.outcome == Outcome.AGREED,
        StaffChange.fetched_at.is_(None),
    )
    session.execute(unfetched.values(fetched_at=clock.now()))


def _whom(session: Session, wanted: Wanted) -> Staff:
    """The person whom a change concerns, made now if he is new, back if he had left."""
    if wanted.what is not What.PERSON:
        staff = session.get_one(Staff, wanted.staff_id)
        if not staff.active:
            raise NoSuchPerson
        return staff
    known = session.scalar(select(Staff).where(Staff.name == wanted.name))
    if known is None:
        return new_staff(session, name=wanted.name, display_name=wanted.display_name, sample=False)
    if known.active:
        raise NameTaken(wanted.name)
    known.display_name = wanted.display_name
    come_back(session, known)
    return known
