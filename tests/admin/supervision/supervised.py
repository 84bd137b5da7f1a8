"""What people at the desks do about supervision, in their browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import event, select
from werkzeug.test import TestResponse

from admin.supervision.looking import look_for_causes
from admin.supervision.supervision import Supervision
from intake.cases.case import Case
from intake.cases.event import Event
from portal.foundation.staff import Role
from tests.admin.desk.people import Desks, filled
from tests.pages.checks import check_html

LIST = "/staff/supervision"
SUGGESTED = f"{LIST}?tab=suggested"
DEMAND = "区长批示：五天内把漏发的补齐"
_ROW = re.compile(r'<th scope="row">\s*<a href="/staff/cases/([A-Z0-9]+)/supervision"')


def at(number: str, step: str = "") -> str:
    """The address of a case's supervision, or of one of its steps."""
    return f"/staff/cases/{number}/supervision" + (f"/{step}" if step else "")


def read(desks: Desks, name: str, path: str, status: int = 200) -> str:
    """A page, whose markup is checked on the way."""
    answer = desks.get(name, path)
    assert answer.status_code == status, (path, answer.status_code)
    if status != 404:
        assert check_html(answer.text, thorough=False) == []
    return answer.text


def take(desks: Desks, name: str, number: str, step: str, **typed: str) -> TestResponse:
    """Open a step's page and send its form with what is typed; empty dates as browsers do."""
    path = at(number, step)
    page = desks.get(name, path)
    assert page.status_code in {200, 409}, page.status_code
    dates = dict.fromkeys(re.findall(r'<input[^>]*name="(\w+)"[^>]*type="date"', page.text), "")
    fields = filled(re.sub(r'<input[^>]*type="date"[^>]*>', "", page.text))
    return desks.at(name).post(path, data=dates | fields | typed)


def supervise(desks: Desks, number: str, name: str = "office", **typed: str) -> None:
    """Open a supervision."""
    answer = take(desks, name, number, "open", **{"trigger": "leader", "words": DEMAND} | typed)
    assert answer.status_code == 303, answer.text


def taken(desks: Desks, name: str, number: str, step: str, **typed: str) -> None:
    """Take a step that must succeed."""
    answer = take(desks, name, number, step, **typed)
    assert answer.status_code == 303, answer.text


def listed(desks: Desks, name: str, path: str = LIST) -> list[str]:
    """The numbers of a list, in order."""
    return _ROW.findall(read(desks, name, path))


def due_on(desks: Desks, number: str) -> date:
    """The date of the supervision that was opened last."""
    wanted = select(Supervision.due_on).join(Case, Case.id == Supervision.case_id)
    with desks.deployment.database.reading() as session:
        newest = wanted.where(Case.number == number).order_by(Supervision.id.desc())
        return session.scalars(newest).first()  # type: ignore[return-value]


def events(desks: Desks, number: str, name: str) -> list[dict[str, Any]]:
    """The facts of a case's events of that name."""
    wanted = select(Event.facts).join(Case, Case.id == Event.case_id)
    with desks.deployment.database.reading() as session:
        found = wanted.where(Case.number == number, Event.name == name).order_by(Event.seq)
        return list(session.scalars(found))


def looked(desks: Desks) -> None:
    """Let the worker look for what suggests supervision, twice: the second time changes nothing."""
    look_for_causes(desks.deployment.database)
    look_for_causes(desks.deployment.database)


def second_office(desks: Desks) -> str:
    """Another person of the office, who is no head."""
    if "office-too" not in desks.browsers:
        desks.deployment.add_staff("office-too", ("BGS", Role.OFFICE), display="办公丙")
        desks.browsers["office-too"] = desks.deployment.officer("office-too")
    return "office-too"


@contextmanager
def statements(desks: Desks) -> Iterator[list[str]]:
    """The statements that the staff site sends meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    engine = desks.deployment.staff.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
