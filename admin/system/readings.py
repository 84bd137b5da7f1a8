"""Who read how many cases on a day, requests about one's own information and mistakes on the site
among them, and what others should ask about: for an auditor, and for the
head of the office but about himself and his like. What accuses the reader of these pages doesn't
count in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from admin.system.event_filter import begin_of
from admin.system.event_sight import sees_event
from admin.system.reading_alarm import ReadingAlarm
from admin.system.reading_rule import DayOfReading
from intake.cases.case import Case
from intake.cases.event import IS_READING, Event
from intake.opened import MISTAKE, REQUEST
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Post, Role, Staff

_DAY = timedelta(days=1)
# Of what is no case, the event itself says which one it was.
_NUMBERS = [Event.facts[one].as_string() for one in (REQUEST, MISTAKE)]


@dataclass(frozen=True)
class Overseer:
    """Somebody who looks at what others read. An auditor sees everybody but himself; the head of
    the office everybody but those who head it; discipline inspection only that an alarm is about
    one of those."""

    staff: Staff
    book: Book
    audits: bool
    heads_office: bool
    disciplines: bool

    @classmethod
    def of(cls, staff: Staff, book: Book) -> Overseer:
        """This person."""
        campaign = book.campaign
        return cls(
            staff,
            book,
            audits=staff.holds(Role.AUDITOR),
            heads_office=campaign.office_code in staff.units_as(Role.OFFICE_HEAD),
            disciplines=campaign.discipline_code in staff.units_as(Role.DISCIPLINE),
        )

    @property
    def reads(self) -> bool:
        """Whether he sees who read what."""
        return self.audits or self.heads_office

    @property
    def is_told(self) -> bool:
        """Whether any alarm could be for him."""
        return self.reads or self.disciplines

    def may_ask_about(self, staff_id: int, heads: frozenset[int]) -> bool:
        """Whether he sees what this person read, where `heads` head the office."""
        if staff_id == self.staff.id:
            return False
        return self.audits or (self.heads_office and staff_id not in heads)


@dataclass(frozen=True)
class ReadBy:
    """One person's reading on one day."""

    staff_id: int
    name: str
    day: DayOfReading


@dataclass(frozen=True)
class Alarm:
    """An alarm as somebody reads it; without a `day` he isn't told how much it was."""

    staff_id: int
    name: str
    on: date
    day: DayOfReading | None


def read_on(session: Session, overseer: Overseer, on: date) -> list[ReadBy]:
    """Who read how many cases on a day, most first."""
    heads, read = office_heads(session, overseer.book), _moments(session, overseer, on)
    names = names_of(session, read)
    working = overseer.book.calendar.is_working(on)
    found = [
        ReadBy(staff_id, names[staff_id], DayOfReading.of(moments, working=working))
        for staff_id, moments in read.items()
        if overseer.may_ask_about(staff_id, heads)
    ]
    return sorted(found, key=lambda one: (-one.day.cases, one.name))


def cases_read(session: Session, overseer: Overseer, on: date, staff_id: int) -> list[str]:
    """The numbers of the cases that somebody read on a day, of the requests and of the mistakes, in
    the order of his reading."""
    if not overseer.may_ask_about(staff_id, office_heads(session, overseer.book)):
        return []
    wanted = (
        select(func.coalesce(Case.number, *_NUMBERS))
        .select_from(Event)
        .join(Case, Case.id == Event.case_id, isouter=True)
        .where(*_read_then(overseer, on), Event.staff_id == staff_id)
        .order_by(Event.seq)
    )
    return list(session.scalars(wanted))


def alarms_since(session: Session, overseer: Overseer, since: date) -> list[Alarm]:
    """The alarms that exist for somebody, newest first: what he may see is unusual by itself."""
    if not overseer.is_told:
        return []
    wanted = select(ReadingAlarm).where(
        ReadingAlarm.on >= since, ReadingAlarm.staff_id != overseer.staff.id
    )
    raised = session.scalars(wanted.order_by(ReadingAlarm.on.desc(), ReadingAlarm.staff_id)).all()
    return list(_told(session, overseer, raised)) if raised else []


def office_heads(session: Session, book: Book) -> frozenset[int]:
    """Who heads the office."""
    wanted = select(Post.staff_id).where(
        Post.unit_code == book.campaign.office_code, Post.role == Role.OFFICE_HEAD
    )
    return frozenset(session.scalars(wanted))


def names_of(session: Session, staff_ids: Mapping[int, object]) -> dict[int, str]:
    """What people are called."""
    wanted = select(Staff.id, Staff.display_name).where(Staff.id.in_(staff_ids))
    return {row.id: row.display_name for row in session.execute(wanted)}


def _told(session: Session, overseer: Overseer, raised: Sequence[ReadingAlarm]) -> Iterator[Alarm]:
    heads = office_heads(session, overseer.book)
    names = names_of(session, {one.staff_id: None for one in raised})
    for one in raised:
        reads = overseer.may_ask_about(one.staff_id, heads)
        if not reads and not (overseer.disciplines and one.staff_id in heads):
            continue
        moments = _moments(session, overseer, one.on).get(one.staff_id, [])
        working = overseer.book.calendar.is_working(one.on)
        day = DayOfReading.of(moments, working=working)
        if day.is_unusual(one.most):
            yield Alarm(one.staff_id, names[one.staff_id], one.on, day if reads else None)


def _moments(session: Session, overseer: Overseer, on: date) -> dict[int, list[datetime]]:
    wanted = select(Event.staff_id, Event.happened_at).where(*_read_then(overseer, on))
    found: dict[int, list[datetime]] = {}
    for staff_id, at in session.execute(wanted):
        found.setdefault(staff_id or 0, []).append(at)
    return found


def _read_then(overseer: Overseer, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        IS_READING,
        sees_event(overseer.staff),
        Event.happened_at >= begin_of(on),
        Event.happened_at < begin_of(on + _DAY),
    )


def month_ago() -> date:
    """Since when the page lists alarms."""
    return clock.today() - timedelta(days=31)
