"""What reporters answer, and what people at the desks do about it, in their browsers."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from admin.system.moving_keys import hand_keys_on
from intake.cases.event import Event
from intake.cases.follow_up import Answer, FollowUp
from portal.campaign.campaign import Campaign
from tests.admin.desk.people import Desks, filled
from tests.admin.desk.reporter import objects
from tests.admin.desk.test_objections import closed
from tests.intake.pages.journey import Page, opened
from tests.pages.checks import check_html

__all__ = ["closed", "objects"]


def answers(desks: Desks, code: str, **typed: str) -> Page:
    """The reporter's page after he answered."""
    client = desks.deployment.citizen()
    page = opened(client.post("/progress", data={"query_code": code}))
    return opened(client.post("/progress/answers", data=page.fields | typed))


def at(number: str, act: str = "") -> str:
    """An address among a case's follow-ups."""
    return f"/staff/cases/{number}/follow-up" + (f"/{act}" if act else "")


def read(desks: Desks, name: str, path: str, status: int = 200) -> str:
    """A page, whose markup is checked on the way."""
    answer = desks.get(name, path)
    assert answer.status_code == status, (path, answer.status_code)
    if status != 404:
        assert check_html(answer.text, thorough=False) == []
    return answer.text


def does(desks: Desks, name: str, number: str, act: str, **typed: str) -> TestResponse:
    """Open an act's page and send its form."""
    fields = filled(desks.get(name, at(number, act)).text) | typed
    return desks.at(name).post(at(number, act), data=fields)


def visits(desks: Desks, name: str, number: str, **typed: str) -> TestResponse:
    """Record a visit by telephone; a good one unless told otherwise."""
    said = {"how": "telephone", "solved": "yes", "satisfaction": "5", "words": "他说都好了"}
    return does(desks, name, number, "visit", **(said | typed))


def waiting(desks: Desks, name: str) -> list[str]:
    """The numbers on somebody's list."""
    page = read(desks, name, "/staff/follow-ups")
    return re.findall(r'href="/staff/cases/([A-Z0-9]+)/follow-up"', page)


def kept(desks: Desks, number: str) -> list[FollowUp]:
    """The follow-ups of a case as they are stored, the oldest first."""
    case = desks.stored(number)
    with desks.deployment.database.reading() as session:
        wanted = select(FollowUp).where(FollowUp.case_id == case.id).order_by(FollowUp.id)
        return list(session.scalars(wanted))


def answered(desks: Desks, number: str) -> list[tuple[str | None, int | None, str]]:
    """What was answered about a case, in the order in which the rows were made."""
    ids = [one.id for one in kept(desks, number)]
    with desks.deployment.database.reading() as session:
        wanted = select(Answer).where(Answer.follow_up_id.in_(ids)).order_by(Answer.id)
        return [(one.solved, one.satisfaction, one.how.value) for one in session.scalars(wanted)]


def events(desks: Desks, number: str, *names: str) -> list[dict[str, Any]]:
    """The facts of a case's events of some names."""
    case = desks.stored(number)
    with desks.deployment.database.reading() as session:
        wanted = select(Event).where(Event.case_id == case.id, Event.name.in_(names))
        return [one.facts for one in session.scalars(wanted.order_by(Event.seq))]


def says(desks: Desks, **follow_up: Any) -> None:
    """Let the campaign say something else of follow-ups."""
    with desks.deployment.database.writing() as session:
        campaign = session.query(Campaign).one()
        campaign.follow_up = campaign.follow_up | follow_up
        campaign.book_revision += 1


def worker(desks: Desks) -> None:
    """Let the worker hand keys on."""
    hand_keys_on(desks.deployment.database)
