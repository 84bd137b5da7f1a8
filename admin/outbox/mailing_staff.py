"""Telling staff by mail that something waits for them: once on a working day at most, and not again
before they were here. Such a mail says nothing of what waits.

Whether something waits is asked of the same function that says which cases a person may see: what
is kept from him makes no mail.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.accounts.last_seen import LastSeen
from admin.accounts.mistake_access import mistakes_visible
from admin.accounts.posts import only_stamped
from admin.accounts.staff_mail import StaffMail
from admin.accounts.work_mail import note_seen, seen_later
from admin.returns.waiting import brings_work
from intake.cases.case import Case
from intake.cases.event import Event
from intake.cases.site_mistake import SiteMistake
from intake.office_hours import is_office_hour
from intake.outbox.mail_notices import STAFF_NEWS
from intake.outbox.queue_staff_mail import queue_staff_mail
from intake.rules.lifecycle import OPEN_STATES
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.staff import Staff

# Whether a room has laid something before a person since a moment.
BringsWork = Callable[[Session, Access, Book, datetime], bool]

# What lays a case before somebody: it came, came back or was opened again; its reporter wrote; it
# waits for a second person, or was given to somebody.
_BRINGS_WORK = frozenset(
    {
        "registered",
        "assigned",
        "transferred",
        "split_off",
        "returned",
        "taken_away",
        "barred",
        "parted",
        "reopened",
        "reopened_by_office",
        "reopened_by_sender",
        "review_asked",
        "supplemented",
        "pictures_came",
        "correction_received",
        "drafted",
        "sent_back",
        "proposed",
        "proposal_refused",
        "claimed",
        "supervised",
        "urgent_set",
    }
)


def mail_staff(
    database: Database, last_seen: LastSeen, rooms: Sequence[BringsWork] = (brings_work,)
) -> int:
    """Note who was here, and when office hours begin queue a mail for whoever has something new;
    returns how many. `rooms` say what besides cases has been laid before somebody."""
    _note(database, last_seen)
    queued = 0
    while True:
        with database.reading() as session:
            if not is_office_hour(clock.now(), book(session)) or _next(session) is None:
                return queued
        with database.writing() as session:
            left = _next(session, hold=True)
            if left is not None:
                left.looked_on = clock.today()
                queued += _tell(session, left, book(session), rooms)


def _note(database: Database, last_seen: LastSeen) -> None:
    with database.reading() as session:
        later = seen_later(session, last_seen)
    if later:
        with database.writing() as session:
            note_seen(session, later)


def _next(session: Session, *, hold: bool = False) -> StaffMail | None:
    """Somebody for whom nobody has looked today."""
    wanted = (
        select(StaffMail)
        .join(Staff, Staff.id == StaffMail.staff_id)
        .where(Staff.active, StaffMail.looked_on < clock.today())
        .order_by(StaffMail.staff_id)
        .limit(1)
    )
    held = wanted.with_for_update(of=StaffMail, skip_locked=True) if hold else wanted
    return session.scalars(held).first()


def _tell(
    session: Session, left: StaffMail, campaign_book: Book, rooms: Sequence[BringsWork]
) -> bool:
    """Queue a mail if this person has something new; one that was told and wasn't here since isn't
    told again."""
    if left.mailed_at is not None and left.mailed_at >= left.seen_at:
        return False
    staff = only_stamped(session, session.get_one(Staff, left.staff_id))
    access = Access.of(staff, campaign_book)
    if not _waits(session, access, campaign_book, left.seen_at, rooms):
        return False
    left.mailed_at = clock.now()
    queue_staff_mail(session, left.staff_id, STAFF_NEWS)
    return True


def _waits(
    session: Session,
    access: Access,
    campaign_book: Book,
    since: datetime,
    rooms: Sequence[BringsWork],
) -> bool:
    """Whether something new waits for this person: of cases, mistakes, or in one of the rooms."""
    return (
        _has_news(session, access, since)
        or _mistake_reminded(session, access, since)
        or any(one(session, access, campaign_book, since) for one in rooms)
    )


def _has_news(session: Session, access: Access, since: datetime) -> bool:
    """Whether somebody else has brought something to the desks of this person since then."""
    by_others = or_(Event.staff_id.is_(None), Event.staff_id != access.staff_id)
    brought = select(Event.seq).where(
        Event.case_id == Case.id,
        Event.name.in_(_BRINGS_WORK),
        Event.happened_at > since,
        by_others,
    )
    wanted = select(Case.id).where(
        Case.state.in_(OPEN_STATES), visible(access, at_own_desk=True), brought.exists()
    )
    return session.scalars(wanted.limit(1)).first() is not None


def _mistake_reminded(session: Session, access: Access, since: datetime) -> bool:
    """Whether a mistake on the site that waits for this person's answer was reminded of since
    then."""
    wanted = select(SiteMistake.id).where(
        SiteMistake.outcome.is_(None), SiteMistake.reminded_at > since, mistakes_visible(access)
    )
    return session.scalars(wanted.limit(1)).first() is not None
