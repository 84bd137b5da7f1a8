"""Who read which case, which request about one's own information, which mistake on the site: every
opening for a page of the staff site becomes an event, once for a person, a case and a day in
Shanghai, before the page goes out.

The one place where a GET writes. A reading that can't be written down isn't answered: whoever
mustn't be seen reading would only have to keep the database busy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, time, timedelta
from typing import Any

import psycopg
from flask import Flask, Response, g, has_request_context
from sqlalchemy import or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in
from intake.cases.event import IS_READING, Event, EventHead, record
from intake.opened import CASE, LISTENER, MISTAKE, REQUEST, Opened
from portal.foundation import clock
from portal.foundation.database import database, reading
from portal.foundation.database_busy import DatabaseBusy
from portal.foundation.errors import database_away

_SECONDS = 3.0
# The event that says so of each, and by which of its facts it is known which one it was.
_EVENTS = {CASE: "words_read", REQUEST: "rights_read", MISTAKE: "mistake_read"}
_NOT_WRITTEN = (DatabaseBusy, OperationalError, sqlite3.OperationalError, psycopg.OperationalError)


def init_app(app: Flask) -> None:
    """Hear of everything that is opened for a page."""
    app.extensions["database"].session_info[LISTENER] = _hear


def write_down(response: Response) -> Response:
    """Write down what was opened for this answer, or answer 503 in its stead. What leads elsewhere
    shows nothing."""
    opened: set[Opened] = g.pop(LISTENER, set())
    if not opened or 300 <= response.status_code < 400:
        return response
    found = signed_in()
    try:
        _write(opened, found.id)
    except _NOT_WRITTEN as error:
        response.close()
        return database_away(error)
    return response


def _hear(opened: Opened) -> None:
    if has_request_context():
        g.setdefault(LISTENER, set()).add(opened)


def _write(opened: AbstractSet[Opened], staff_id: int) -> None:
    with reading() as session:
        if opened <= _written_today(session, opened, staff_id):
            return
    with database().writing(within=_SECONDS) as session:
        # On PostgreSQL two of one person's pages would otherwise both find nothing written.
        session.execute(select(EventHead.id).with_for_update())
        for what, key in sorted(opened - _written_today(session, opened, staff_id)):
            facts: dict[str, Any] = {"case_id": key} if what == CASE else {what: key}
            record(session, _EVENTS[what], by=staff_id, **facts)


def _written_today(
    session: Session, opened: Iterable[Opened], staff_id: int
) -> AbstractSet[Opened]:
    """What of some things this person has read today, as far as that is written down."""
    begin = datetime.combine(clock.today(), time(), clock.SHANGHAI)
    cases = [key for what, key in opened if what == CASE]
    wanted = select(Event.name, Event.case_id, Event.facts).where(
        IS_READING,
        Event.staff_id == staff_id,
        Event.happened_at >= begin,
        Event.happened_at < begin + timedelta(days=1),
        or_(Event.case_id.in_(cases), Event.case_id.is_(None)),
    )
    return {_opened(*row) for row in session.execute(wanted)}


def _opened(name: str, case_id: int | None, facts: Mapping[str, Any]) -> Opened:
    if case_id is not None:
        return CASE, case_id
    what = REQUEST if name == _EVENTS[REQUEST] else MISTAKE
    return what, str(facts[what])
