"""Reminding of what somebody asked (催办): in office hours, some working days before the date and
once it is over.

It is written down at the enquiry itself. Who may see one is reminded of it where he begins his day
and by mail (`admin/outbox/mailing_staff.py`); whom it accuses is reminded of nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.enquiries.sort import Sort
from intake.cases.event import record
from intake.office_hours import is_office_hour
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.database import Database


def remind(database: Database, sort: Sort) -> int:
    """Remind of every one whose day has come, each in one transaction; returns of how many. Outside
    office hours, or where the campaign reminds nobody, it does nothing."""
    of_sort = sort.record
    with database.reading() as session:
        found = book(session)
        if not is_office_hour(clock.now(), found):
            return 0
        waiting = select(of_sort).where(sort.waits, of_sort.overdue_at.is_(None))
        due = [one.id for one in session.scalars(waiting) if _event_due(one, sort, found)]
    for one_id in due:
        with database.writing() as session:
            wanted = select(of_sort).where(of_sort.id == one_id, sort.waits)
            one = session.scalars(wanted.with_for_update()).first()
            if one is not None:
                _remind(session, one, sort, book(session))
    return len(due)


def is_near(due_on: date, found: Book, days_before: int) -> bool:
    """Whether a date is so near that somebody is reminded of it."""
    day = due_on
    for _ in range(days_before):
        day -= timedelta(days=1)
        while not found.calendar.is_working(day):
            day -= timedelta(days=1)
    return day <= clock.today()


def _event_due(one: Any, sort: Sort, found: Book) -> str | None:
    """What is to be written down of one that waits; each once."""
    due_on = sort.due_on(one, found)
    if due_on < clock.today():
        return None if one.overdue_at else f"{sort.events}_overdue"
    near = is_near(due_on, found, sort.days_before)
    return f"{sort.events}_reminded" if near and one.reminded_at is None else None


def _remind(session: Session, one: Any, sort: Sort, found: Book) -> None:
    name, now = _event_due(one, sort, found), clock.now()
    if name is None:
        return
    one.reminded_at = now
    due_on = sort.due_on(one, found)
    if due_on < clock.today():
        one.overdue_at = now
    record(session, name, **{sort.fact: one.number}, due_on=due_on.isoformat())
    session.flush()
