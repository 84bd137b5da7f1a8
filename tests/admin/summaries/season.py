"""A season of work to be summed up: what units found, what came, and what must not be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from admin.figures.counting import count_milestones
from admin.ledger.finding import Finding
from admin.ledger.own_check import OwnCheck, enter_own_check
from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.admin.house import House

STAGE = "/staff/summaries/summary_stage"
PART = f"{STAGE}/parts/MZ"
WHOLE = f"{STAGE}/whole"
ACCUSES = "民意街道办事处的人把老人的高龄津贴扣下来分了，我亲眼看见的"
TEXTS = {
    "work": "开了三次会，逐户摸底。",
    "experience": "社区干部上门核对账号。",
    "difficulties": "换卡的老人多，账号更新慢。",
    "suggestions": "银行换卡时同时告诉社区。",
}


@contextmanager
def day(house: House, when: str) -> Iterator[None]:
    """Let it be that hour of 2022 in Shanghai; everybody signs in anew."""
    house.browsers.clear()
    with clock.stopped_at(datetime.fromisoformat(f"2022-{when}:00:00+08:00")):
        yield


def finds(house: House, unit: str = "ST05", name: str = "jie", **said: Any) -> str:
    """A unit enters what it found; returns the number."""
    with house.deployment.database.writing() as session:
        finding = Finding(
            **{
                "unit": unit,
                "problem_type": "1.2",
                "policy": "MZ11",
                "what_is_wrong": "3户晚发。",
                "rectify_by": date(2022, 9, 30),
                "amount": Decimal("1200.50"),
                "persons": 3,
                **said,
            }
        )
        by = house.hand(session, name, 0)
        check = OwnCheck(found_by=unit, finding=finding)
        return enter_own_check(session, by=by, check=check).number


def work_of_june(house: House) -> None:
    """Problems of several units in several states, answered cases, one that accuses."""
    finds(house)
    finds(house, what_is_wrong="又查到2户。", problem_type="1.5", amount=None, persons=None)
    finds(house, unit="MZ", name="min", amount=Decimal("30000"))
    number = house.problem(house.answered_case(), amount=Decimal("8000"))
    house.rectify(number)
    house.strike_off(number)
    house.case(kind=Kind.CONSULTATION, words="高龄津贴怎么申请，要带什么材料去哪里办")
    house.case(kind=Kind.TIP_OFF, problem="3.3", words=ACCUSES, accused="民意街道")
    count_milestones(house.deployment.database)


def version(house: House, name: str, at: str) -> str:
    """The version that a page's form carries."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', house.get(name, at))
    assert found is not None
    return found[1]


def writes_part(house: House, name: str = "min", at: str = PART, **typed: str) -> Any:
    """An officer writes his unit's part."""
    sent = {"version": version(house, name, f"{at}/fill"), **TEXTS, **typed}
    return house.post(name, f"{at}/fill", **sent)


def hands_in(house: House, names: tuple[str, str] = ("min", "zheng"), at: str = PART) -> None:
    """The unit's part comes."""
    officer, head = names
    assert writes_part(house, officer, at).status_code == 303
    sent = {"version": version(house, head, at)}
    assert house.post(head, f"{at}/sign", **sent).status_code == 303


def step(house: House, name: str, act: str = "", **typed: str) -> Any:
    """Somebody does something with the whole, on the version that stands there."""
    sent = {"version": version(house, name, WHOLE), **typed}
    return house.post(name, f"{WHOLE}/{act}" if act else WHOLE, **sent)


def freezes(house: House, name: str = "chen", **typed: str) -> None:
    """The office writes the whole and freezes it."""
    texts = {"work": "全区逐户摸底。", "next": "回头再看一遍。", **typed}
    assert step(house, name, **texts).status_code == 303
    assert step(house, name, "freeze").status_code == 303


def numbers_on(page: str) -> dict[str, str]:
    """What stands before the lists on a page, by the lists' addresses."""
    found = re.findall(r'href="([^"]*/numbers/[^"]*)">\s*([^<]+?)\s*<', page)
    return {unescape(address): shown for address, shown in found}
