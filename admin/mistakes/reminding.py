"""Reminding of mistakes on the site (催办): in office hours, on the working day before the date and
once it is over.

It is written down at the mistake. Who may see one hears by mail that something waits for him
(`admin/outbox/mailing_staff.py`), and nobody else does: what discipline inspection answers in the
office's stead reminds nobody at the desk, and whom its words accuse is reminded of nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.event import record
from intake.cases.site_mistake import SiteMistake
from intake.mistakes.promise import promised
from intake.office_hours import is_office_hour
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.database import Database

_WAITS = SiteMistake.outcome.is_(None)


def remind_of_mistakes(database: Database) -> int:
    """Remind of every mistake whose day has come, each in one transaction; returns of how many.
    Outside office hours, or where the campaign reminds nobody, it does nothing."""
    with database.reading() as session:
        found = book(session)
        if not is_office_hour(clock.now(), found):
            return 0
        waiting = select(SiteMistake).where(_WAITS, SiteMistake.overdue_at.is_(None))
        due = [one.id for one in session.scalars(waiting) if _event_due(one, found)]
    for mistake_id in due:
        with database.writing() as session:
            wanted = select(SiteMistake).where(SiteMistake.id == mistake_id, _WAITS)
            mistake = session.scalars(wanted.with_for_update()).first()
            if mistake is not None:
                _remind(session, mistake, book(session))
    return len(due)


def _event_due(mistake: SiteMistake, found: Book) -> str | None:
    """What is to be written down of a mistake that waits; each once."""
    due_on, today = _due_on(mistake, found), clock.today()
    if due_on < today:
        return None if mistake.overdue_at else "mistake_overdue"
    is_near = _working_day_before(due_on, found) <= today
    return "mistake_reminded" if is_near and mistake.reminded_at is None else None


def _remind(session: Session, mistake: SiteMistake, found: Book) -> None:
    name, now = _event_due(mistake, found), clock.now()
    if name is None:
        return
    mistake.reminded_at = now
    if name == "mistake_overdue":
        mistake.overdue_at = now
    due_on = _due_on(mistake, found).isoformat()
    record(session, name, mistake=mistake.number, due_on=due_on)
    session.flush()


def _due_on(mistake: SiteMistake, found: Book) -> date:
    return promised(day_of(mistake.reported_at), found).working.due_on


def _working_day_before(day: date, found: Book) -> date:
    day -= timedelta(days=1)
    while not found.calendar.is_working(day):
        day -= timedelta(days=1)
    return day
