"""Who read which case: every opening of a case for a page of the staff site becomes an event, once
for a person, a case and a day in Shanghai, before the page goes out.

The one place where a GET writes. A reading that can't be written down isn't answered: whoever
mustn't be seen reading would only have to keep the database busy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Set as AbstractSet
from datetime import datetime, time, timedelta

import psycopg
from flask import Flask, Response, g, has_request_context
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in
from intake.cases.event import IS_READING, Event, EventHead, record
from intake.opened import LISTENER
from portal.foundation import clock
from portal.foundation.database import database, reading
from portal.foundation.database_busy import DatabaseBusy
from portal.foundation.errors import database_away

_SECONDS = 3.0
_NOT_WRITTEN = (DatabaseBusy, OperationalError, sqlite3.OperationalError, psycopg.OperationalError)


def init_app(app: Flask) -> None:
    """Hear of every case that is opened for a page."""
    app.extensions["database"].session_info[LISTENER] = _hear


def write_down(response: Response) -> Response:
    """Write down what was opened for this answer, or answer 503 in its stead. What leads elsewhere
    shows nothing."""
    opened: set[int] = g.pop(LISTENER, set())
    if not opened or 300 <= response.status_code < 400:
        return response
    found = signed_in()
    try:
        _write(opened, found.id)
    except _NOT_WRITTEN as error:
        response.close()
        return database_away(error)
    return response


def _hear(case_id: int) -> None:
    if has_request_context():
        g.setdefault(LISTENER, set()).add(case_id)


def _write(opened: AbstractSet[int], staff_id: int) -> None:
    with reading() as session:
        if opened <= _written_today(session, opened, staff_id):
            return
    with database().writing(within=_SECONDS) as session:
        # On PostgreSQL two of one person's pages would otherwise both find nothing written.
        session.execute(select(EventHead.id).with_for_update())
        for case_id in sorted(opened - _written_today(session, opened, staff_id)):
            record(session, "words_read", case_id=case_id, by=staff_id)


def _written_today(session: Session, opened: AbstractSet[int], staff_id: int) -> AbstractSet[int]:
    """Which of some cases this person has read today, as far as that is written down."""
    begin = datetime.combine(clock.today(), time(), clock.SHANGHAI)
    wanted = select(Event.case_id).where(
        IS_READING,
        Event.staff_id == staff_id,
        Event.happened_at >= begin,
        Event.happened_at < begin + timedelta(days=1),
        Event.case_id.in_(opened),
    )
    return {case_id for case_id in session.scalars(wanted) if case_id is not None}
