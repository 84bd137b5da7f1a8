"""A form that is pressed twice enters once, in every room of the campaign's office."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from admin.accounts.once import EnteredBefore, EnteredOnce, refuse_twice
from tests.admin.house import House
from tests.deployments import Deployment

LEDGER = {
    "what_is_wrong": "3月有5户没有进清单。",
    "unit": "MZ",
    "problem_type": "1.2",
    "policy": "",
    "place": "",
    "rectify_by": "2022-07-31",
}


@dataclass(frozen=True)
class Pressed:
    """A form: who sends it, where, with what; the list that shows what was entered, and how often
    this pattern stands there then."""

    by: str
    path: str
    typed: dict[str, str]
    shown: str
    pattern: str


FORMS = {
    "own check": Pressed(
        "min",
        "/staff/problems/own-check",
        {**LEDGER, "found_by": "MZ"},
        "/staff/problems",
        r"/staff/problems/JHW\d+",
    ),
    "from outside": Pressed(
        "chen",
        "/staff/problems/from-outside",
        {**LEDGER, "source": "audit"},
        "/staff/problems",
        r"/staff/problems/JHW\d+",
    ),
    "letter": Pressed(
        "chen",
        "/staff/letters/new/MZ",
        {"version": "", "kind": "reminder", "text": "请说明。", "answer_by": "2022-06-20"},
        "/staff/letters",
        r"/staff/letters/[0-9a-f]{8}",
    ),
    "round": Pressed(
        "chen",
        "/staff/rounds/new",
        {
            "duty": "",
            "first_on": "2022-06-01",
            "last_on": "2022-06-30",
            "purpose": "看清单",
            "units": "MZ",
        },
        "/staff/rounds",
        r"/staff/rounds/[0-9a-f]{8}",
    ),
    "issued rule": Pressed(
        "jie",
        "/staff/issued-rules/new",
        {
            "version": "",
            "act": "new",
            "title": "变更登记办法",
            "issued_on": "2022-06-01",
            "notice": "",
        },
        "/staff/issued-rules",
        r"/staff/issued-rules/\d+",
    ),
    "declaration": Pressed(
        "jie",
        "/staff/declarations/new",
        {
            "version": "",
            "month": "2022-06",
            "declared": "2",
            "refunded": "0",
            "yuan": "",
            "refunded_to": "",
        },
        "/staff/declarations",
        r"/staff/declarations/(?!new)\w+",
    ),
    "publicity": Pressed(
        "jie",
        "/staff/publishing/publicity/new",
        {
            "version": "",
            "kind": "poster",
            "done_on": "2022-06-01",
            "place": "420103006",
            "quantity": "20",
            "where": "公告栏",
        },
        "/staff/publishing/publicity",
        r"/staff/publishing/publicity/\d+",
    ),
    "appearance": Pressed(
        "gong",
        "/staff/publishing/appearances",
        {
            "item": "/notices/work-plan",
            "other": "",
            "outlet": "长江日报第五版",
            "link": "",
            "on": "2022-06-01",
        },
        "/staff/publishing/appearances",
        r"/staff/publishing/appearances/\d+/remove",
    ),
    "spot check": Pressed(
        "chen", "/staff/spot-checks", {}, "/staff/spot-checks", r"/staff/spot-checks/\d+"
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_pressed_twice_enters_once(house: House, name: str) -> None:
    form = FORMS[name]
    page = house.get(form.by, form.path)
    one_time = re.search(r'name="once"[^>]*value="([0-9a-f]{32})"', page)
    assert one_time is not None
    assert one_time[1] not in house.get(form.by, form.path)
    for _twice in range(2):
        answer = house.post(form.by, form.path, once=one_time[1], **form.typed)
        assert answer.status_code == 303, answer.text
    assert "刚才已经" in house.get(form.by, answer.location)
    assert len(set(re.findall(form.pattern, house.get(form.by, form.shown)))) == 1
    # Another sheet with the same words is another entry.
    assert house.post(form.by, form.path, once="a" * 32, **form.typed).status_code == 303
    assert len(set(re.findall(form.pattern, house.get(form.by, form.shown)))) == 2


def test_of_those_who_press_at_the_same_moment_one_enters(house_on_each: House) -> None:
    deployment: Deployment = house_on_each.deployment
    with deployment.database.reading() as session:
        by = deployment.staff_id(session, "chen")

    def press(_which: int) -> bool:
        try:
            with deployment.database.writing() as session:
                refuse_twice(session, by=by, what="the same form")
        except EnteredBefore:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(press, range(4))) == [False, False, False, True]
    with deployment.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(EnteredOnce)) == 1
