"""Looking every hour who opened unusually many cases, and raising an alarm once for a person and a
day. Nobody is mailed: the names of people who are asked about stand on a page and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.system.event_filter import begin_of
from admin.system.reading_alarm import ReadingAlarm
from admin.system.reading_rule import (
    LEAST,
    MOST_OUTSIDE,
    WORKING_DAYS,
    DayOfReading,
    most_in_a_day,
)
from intake.cases.event import IS_READING, Event, record
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.database import Database

_DAY = timedelta(days=1)
# As long as an alarm stands above the lists.
_LOOKED_BACK = timedelta(days=7)
# In so many days there are enough working days, whatever the holidays.
_FURTHEST = timedelta(days=60)


def raise_alarms(database: Database) -> int:
    """Look at today and at the seven days before, on which the worker may have stood still or
    looked too early; returns how many alarms were raised."""
    with database.reading() as session:
        found = list(_unusual(session, book(session)))
    if not found:
        return 0
    with database.writing() as session:
        new = [one for one in found if session.get(ReadingAlarm, (one.staff_id, one.on)) is None]
        for one in new:
            session.add(one)
            on = one.on.isoformat()
            record(session, "reading_alarm", staff=one.staff_id, on=on, most=one.most)
    return len(new)


def _unusual(session: Session, here: Book) -> Iterator[ReadingAlarm]:
    """The alarms that these days give reason for and that weren't raised yet."""
    first = clock.today() - _LOOKED_BACK
    wanted = select(Event.staff_id, Event.happened_at).where(
        IS_READING, Event.happened_at >= begin_of(first)
    )
    counts = Counter(
        (row.staff_id or 0, day_of(row.happened_at)) for row in session.execute(wanted)
    )
    much = {one for one, cases in counts.items() if cases > min(LEAST, MOST_OUTSIDE)}
    raised = select(ReadingAlarm.staff_id, ReadingAlarm.on).where(ReadingAlarm.on >= first)
    for staff_id, on in sorted(much.difference(map(tuple, session.execute(raised)))):
        day, most = _read_by(session, here, staff_id, on)
        if day.is_unusual(most):
            yield ReadingAlarm(staff_id=staff_id, on=on, most=most, raised_at=clock.now())


def _read_by(session: Session, here: Book, staff_id: int, on: date) -> tuple[DayOfReading, int]:
    """What somebody read on a day, and how much would still be usual."""
    before = _working_days_before(here, on)
    wanted = select(Event.happened_at).where(
        IS_READING,
        Event.staff_id == staff_id,
        Event.happened_at >= begin_of(before[-1] if before else on),
        Event.happened_at < begin_of(on + _DAY),
    )
    moments = session.scalars(wanted).all()
    counts = Counter(map(day_of, moments))
    of_day = (one for one in moments if day_of(one) == on)
    day = DayOfReading.of(of_day, working=here.calendar.is_working(on))
    return day, most_in_a_day([counts[one] for one in before])


def _working_days_before(here: Book, on: date) -> list[date]:
    """The last working days before a day, newest first."""
    days = (on - timedelta(days=back) for back in range(1, _FURTHEST.days))
    return [one for one in days if here.calendar.is_working(one)][:WORKING_DAYS]
