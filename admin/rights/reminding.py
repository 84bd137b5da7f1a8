"""Reminding of requests about one's own information (催办): in office hours, on the third working
day before the date and once it is over.

It is written down at the request. Who may see one is reminded of it above the list of his cases and
by mail; whom it accuses is reminded of nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.event import record
from intake.cases.rights_request import RightsRequest
from intake.office_hours import is_office_hour
from intake.rights.promise import promised
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.database import Database

# So many working days before its date somebody is reminded: a refusal takes two people.
DAYS_BEFORE = 3
_WAITS = RightsRequest.decided_at.is_(None)


def remind_of_requests(database: Database) -> int:
    """Remind of every request whose day has come, each in one transaction; returns of how many.
    Outside office hours, or where the campaign reminds nobody, it does nothing."""
    with database.reading() as session:
        found = book(session)
        if not is_office_hour(clock.now(), found):
            return 0
        waiting = select(RightsRequest).where(_WAITS, RightsRequest.overdue_at.is_(None))
        due = [one.id for one in session.scalars(waiting) if _event_due(one, found)]
    for request_id in due:
        with database.writing() as session:
            wanted = select(RightsRequest).where(RightsRequest.id == request_id, _WAITS)
            request = session.scalars(wanted.with_for_update()).first()
            if request is not None:
                _remind(session, request, book(session))
    return len(due)


def is_near(due_on: date, found: Book) -> bool:
    """Whether a date is so near that somebody is reminded of it."""
    day = due_on
    for _ in range(DAYS_BEFORE):
        day -= timedelta(days=1)
        while not found.calendar.is_working(day):
            day -= timedelta(days=1)
    return day <= clock.today()


def _event_due(request: RightsRequest, found: Book) -> str | None:
    """What is to be written down of a request that waits; each once."""
    due_on = _due_on(request, found)
    if due_on < clock.today():
        return None if request.overdue_at else "rights_overdue"
    return "rights_reminded" if is_near(due_on, found) and request.reminded_at is None else None


def _remind(session: Session, request: RightsRequest, found: Book) -> None:
    name, now = _event_due(request, found), clock.now()
    if name is None:
        return
    request.reminded_at = now
    if name == "rights_overdue":
        request.overdue_at = now
    due_on = _due_on(request, found).isoformat()
    record(session, name, request=request.number, due_on=due_on)
    session.flush()


def _due_on(request: RightsRequest, found: Book) -> date:
    return promised(request.received_on, found).working.due_on
