"""Cases that belong together, and what people at the desks do with two of them."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.cases.case import Case, Identity
from intake.cases.event import IS_READING, Event
from intake.cases.merger import Merger
from tests.admin.desk.people import COMPLAINT, Desks, filled
from tests.pages.checks import check_html

PHONE = "13907123456"
PLACE = "420103005"
# One person, who left his telephone, twice about the same.
FIRST = replace(
    COMPLAINT,
    place=PLACE,
    words="我妈的高龄津贴三个月没发了，社区说让等等，到底什么时候发",
    identity=Identity.PHONE,
    contact_phone=PHONE,
)
AGAIN = replace(FIRST, words="我妈的高龄津贴还是三个月没发，社区让等等，什么时候发给我们")
# Somebody else about the same, and somebody about something else.
NEIGHBOUR = replace(
    COMPLAINT,
    place=PLACE,
    words="我家老人的高龄津贴也是三个月没发了，问社区让等等",
)
ELSE = replace(COMPLAINT, policy="MZ01", words="低保金从上个月起就没有到账，家里等着用")

REPLY = "高龄津贴从本月起补发，三个月的一起到账"
TO_THE_REPLY = (
    ("mz-officer", "sign-for", ""),
    ("mz-officer", "accept", ""),
    ("mz-officer", "draft", REPLY),
)


def at(number: str, *rest: str) -> str:
    """An address among a case's duplicates."""
    return "/".join([f"/staff/cases/{number}/duplicates", *rest])


def read(desks: Desks, name: str, path: str, status: int = 200) -> str:
    """A page, whose markup is checked on the way."""
    answer = desks.get(name, path)
    assert answer.status_code == status, (path, answer.status_code)
    if status != 404:
        assert check_html(answer.text, thorough=False) == []
    return answer.text


def suggested(desks: Desks, name: str, number: str) -> dict[str, str]:
    """What a case's page suggests: numbers with why each is."""
    page = read(desks, name, at(number))
    rows = re.findall(
        r'<th scope="row">\s*<a href="[^"]*/([A-Z]+\d+)">[^<]*</a>\s*</th>\s*<td>([^<]*)</td>', page
    )
    return dict(rows)


def send(desks: Desks, name: str, path: str, **typed: str) -> TestResponse:
    """Open an act's page and send its form."""
    fields = filled(desks.get(name, path).text) | typed
    return desks.at(name).post(path, data=fields)


def merges(
    desks: Desks, lead: str, other: str, name: str = "mz-officer", how: str = "same_matter"
) -> TestResponse:
    """Merge a case into another one."""
    path = at(lead, other, "merge")
    return send(desks, name, path, lead=lead, how=how, words="说的是同一件事")


def links(
    desks: Desks, number: str, other: str, how: str, name: str = "mz-officer"
) -> TestResponse:
    """Link two cases."""
    return send(desks, name, at(number, other, "link"), how=how, words="对过了")


def merger_of(desks: Desks, number: str) -> Merger | None:
    """The last merger of a case."""
    with desks.deployment.database.reading() as session:
        wanted = select(Merger).join(Case, Case.id == Merger.case_id).where(Case.number == number)
        return session.scalars(wanted.order_by(Merger.id.desc())).first()


def events_of(desks: Desks, number: str) -> list[str]:
    """What happened to a case, by name."""
    with desks.deployment.database.reading() as session:
        wanted = select(Event.name).join(Case, Case.id == Event.case_id)
        wanted = wanted.where(Case.number == number, ~IS_READING)
        return list(session.scalars(wanted.order_by(Event.seq)))
