"""What people do in their browsers when the campaign comes to its end."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.cases.event import Event
from tests.admin.desk.people import Desks, hidden
from tests.pages.checks import check_html

HOME = "/staff/closing"
LIST = f"{HOME}/cases"
_BOX = re.compile(r'<input type="checkbox"[^>]*value="([^"]+)"[^>]*>', re.DOTALL)
_COUNT = re.compile(r">\s*(全部未结|还没有定|留办|移交)\s*<span class=\"count\">(\d+)</span>")


def read(desks: Desks, name: str, path: str = HOME, status: int = 200) -> str:
    """A page, whose markup is checked on the way."""
    answer = desks.get(name, path)
    assert answer.status_code == status, (path, answer.status_code)
    if status != 404:
        assert check_html(answer.text, thorough=False) == []
    return answer.text


def boxes(page: str, *, ticked: bool = False) -> list[str]:
    """What can be ticked on a list, or only what is."""
    found = re.finditer(r'<input type="checkbox".*?>', page, re.DOTALL)
    tags = [one[0] for one in found if not ticked or " checked" in one[0]]
    return [unescape(re.search(r'value="([^"]+)"', tag)[1]) for tag in tags]  # type: ignore[index]


def listed(desks: Desks, name: str, query: str = "part=all") -> list[str]:
    """The numbers of a list, in order."""
    return [one.partition(".")[0] for one in boxes(read(desks, name, f"{LIST}?{query}"))]


def tabs(desks: Desks, name: str, query: str = "part=all") -> dict[str, int]:
    """How many each tab says there are."""
    return {label: int(n) for label, n in _COUNT.findall(read(desks, name, f"{LIST}?{query}"))}


def decide(
    desks: Desks, name: str, *numbers: str, query: str = "part=undecided", **typed: Any
) -> TestResponse:
    """Tick some cases of a list, or all that are ticked there already, and say how they go on."""
    page = read(desks, name, f"{LIST}?{query}")
    wanted = [one for one in boxes(page) if not numbers or one.partition(".")[0] in numbers]
    fields = {**hidden(page), "case": wanted, "target": "", "words": "", **typed}
    return desks.at(name).post(LIST, data=fields)


def kept(desks: Desks, *numbers: str, name: str = "office") -> None:
    """Keep some cases, or all of which nobody has decided."""
    answer = decide(desks, name, *numbers, way="kept")
    assert answer.status_code == 303, answer.text


def takes(desks: Desks, name: str, step: str, **typed: str) -> TestResponse:
    """Open the page of a step and press its button."""
    page = desks.get(name, f"{HOME}/{step}").text
    return desks.at(name).post(f"{HOME}/{step}", data=hidden(page) | typed)


def close_campaign(desks: Desks) -> None:
    """Keep everything, and let two people of the office close the campaign."""
    if boxes(read(desks, "office", LIST)):
        kept(desks)
    assert takes(desks, "office", "prepare").status_code == 303
    assert takes(desks, "office-head", "close").status_code == 303


def events(desks: Desks, name: str) -> list[dict[str, Any]]:
    """The facts of the events of that name."""
    with desks.deployment.database.reading() as session:
        wanted = select(Event.facts).where(Event.name == name).order_by(Event.seq)
        return list(session.scalars(wanted))
