"""A supervision round through the real site: planned, gone on, followed until all is done."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from admin.ledger.problem import Problem, Source
from admin.rounds.round_order import RoundOrder
from portal.foundation.staff import Role
from tests.admin.evidence import PHOTO, is_for, offered, send
from tests.admin.house import House

PLAN = {
    "duty": "supervision_june",
    "first_on": "2022-06-01",
    "last_on": "2022-06-30",
    "purpose": "看高龄津贴的发放清单",
    "units": ["MZ", "ST05"],
}
TOLD = {"version": "1", "day": "2022-06-20", "text": "把3月的清单补齐，交来回单"}
FOUND = {
    "what_is_wrong": "3月有5户没有进清单。",
    "unit": "MZ",
    "problem_type": "1.2",
    "policy": "MZ11",
    "place": "",
    "rectify_by": "2022-07-31",
}


def planned(house: House, **changed: object) -> str:
    """A round that the office planned; returns its address."""
    answer = house.post("chen", "/staff/rounds/new", **{**PLAN, **changed})
    assert answer.status_code == 303, answer.text
    found = re.search(r"/staff/rounds/\w+", answer.location)
    assert found is not None
    return found[0]


def visited(house: House, unit: str = "MZ") -> str:
    """A round that was at a unit."""
    at = planned(house)
    seen = {"day": "2022-06-06", "text": "清单少了一个月"}
    house.get("chen", f"{at}/units/{unit}/visit")
    assert house.post("chen", f"{at}/units/{unit}/visit", **seen).status_code == 303
    return at


def version_of(house: House, at: str) -> str:
    """The version that the form for closing carries."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', house.get("lu", f"{at}/close"))
    assert found is not None
    return found[1]


def ordered(house: House) -> tuple[str, str]:
    """A round that told a unit what to do; returns its address and that of the order."""
    at = visited(house)
    house.get("chen", f"{at}/units/MZ/order")
    assert house.post("chen", f"{at}/units/MZ/order", **TOLD).status_code == 303
    with house.deployment.database.reading() as session:
        key = session.scalars(select(RoundOrder.key)).one()
    return at, f"/staff/rounds/orders/{key}"


def test_a_round_is_followed_until_what_it_told_is_done(house: House) -> None:
    at, order = ordered(house)
    assert "第一次督导" in house.get("chen", at)
    assert "把3月的清单补齐" in house.get("min", "/staff/rounds")
    assert house.post("min", f"{order}/report", version="1", text="补齐了").status_code == 303
    assert "单位报了" in house.get("lu", "/staff/office")
    back = {"version": "2", "text": "还差两张回单"}
    assert house.post("lu", f"{order}/send-back", **back).status_code == 303
    assert "还差两张回单" in house.get("min", order)
    assert house.post("zheng", f"{order}/report", version="3", text="补了两张").status_code == 303
    assert (
        house.post("lu", f"{at}/close", version=version_of(house, at), text="都好了").status_code
        == 409
    )
    assert house.post("chen", f"{order}/accept", version="4", text="看过回单").status_code == 303
    # The street wasn't visited yet.
    closing = house.post("lu", f"{at}/close", version=version_of(house, at), text="结果写好了")
    assert closing.status_code == 409
    assert "还有单位没去" in closing.text
    assert "结果写好了" in closing.text
    seen = {"day": "2022-06-05", "text": "都对得上"}
    assert house.post("lu", f"{at}/units/ST05/visit", **seen).status_code == 303
    closed = house.post("lu", f"{at}/close", version=version_of(house, at), text="都好了")
    assert closed.status_code == 303
    assert "都好了" in house.get("chen", at)
    assert house.post("chen", f"{at}/units/MZ/order", **TOLD).status_code == 409


def test_a_unit_learns_what_it_has_to_do_and_nothing_else(house: House) -> None:
    pages = ("/staff/rounds", "/staff/cases", "/staff/problems")
    before = {name: [house.get(name, p) for p in pages] for name in ("min", "jie", "tui")}
    at = visited(house)
    assert {name: [house.get(name, p) for p in pages] for name in before} == before
    assert house.browser("min").get(at).status_code == 404
    house.post("chen", f"{at}/units/MZ/order", **TOLD)
    with house.deployment.database.reading() as session:
        key = session.scalars(select(RoundOrder.key)).one()
    page = house.get("min", f"/staff/rounds/orders/{key}")
    assert "看高龄津贴的发放清单" not in page
    assert "清单少了一个月" not in page
    for name in ("jie", "tui"):
        assert [house.get(name, p) for p in pages] == before[name]
        assert house.browser(name).get(f"/staff/rounds/orders/{key}").status_code == 404
        report = house.post(name, f"/staff/rounds/orders/{key}/report", version="1", text="好了")
        assert report.status_code == 404


def test_what_a_round_found_stands_in_the_ledger(house: House) -> None:
    at = visited(house)
    house.get("chen", f"{at}/units/MZ/finding")
    elsewhere = house.post("chen", f"{at}/units/MZ/finding", **{**FOUND, "unit": "TY"})
    assert elsewhere.status_code == 422
    assert house.post("chen", f"{at}/units/MZ/finding", **FOUND).status_code == 303
    with house.deployment.database.reading() as session:
        problem = session.scalars(select(Problem)).one()
    assert problem.source is Source.SUPERVISION_ROUND
    assert problem.number in house.get("chen", at)
    page = house.get("min", f"/staff/problems/{problem.number}")
    assert "督导发现" in page
    assert "/staff/rounds/" not in page


def test_photographs_of_a_visit_are_for_the_office(house_on_each: House) -> None:
    house = house_on_each
    at = planned(house)
    house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), ("MZ", Role.OFFICER))
    seen = {"day": "2022-06-06", "text": "清单少了一个月", "once": "f" * 32}
    wrong = send(house, "chen", f"{at}/units/MZ/visit", ("页.html", b"<html>"), **seen)
    assert wrong.status == 422
    assert "网页文件不能收" in wrong.text
    assert "清单少了一个月" in wrong.html
    for _twice in range(2):
        assert send(house, "chen", f"{at}/units/MZ/visit", PHOTO, **seen).status == 303
    [file] = offered(house.get("lu", at))
    is_for(house, file, readers={"chen", "lu"}, others={"min", "jie", "tui", "shuang"})
    # A visit of another unit doesn't have it.
    elsewhere = file.replace("/MZ/", "/ST05/")
    assert house.browser("lu").get(elsewhere).status_code == 404
    send(house, "chen", f"{at}/units/MZ/finding", PHOTO, **FOUND)
    with house.deployment.database.reading() as session:
        number = session.scalars(select(Problem.number)).one()
    [file] = offered(house.get("min", f"/staff/problems/{number}"))
    is_for(house, file, readers={"min", "lu"}, others={"jie", "tui"})


def test_photographs_of_a_report_are_for_the_unit_and_the_office(house_on_each: House) -> None:
    house = house_on_each
    at, order = ordered(house)
    told = {"version": "1", "text": "清单补齐了"}
    wrong = send(house, "min", f"{order}/report", ("页.html", b"<html>"), **told)
    assert wrong.status == 422
    assert "网页文件不能收" in wrong.text
    assert "清单补齐了" in wrong.html
    assert send(house, "min", f"{order}/report", PHOTO, **told).status == 303
    [file] = offered(house.get("zheng", order))
    assert file in house.get("lu", order)
    assert file not in house.get("lu", at)
    is_for(house, file, readers={"min", "zheng", "lu"}, others={"jie", "tui"})
    # Another order of the same round doesn't have it.
    assert house.post("chen", f"{at}/units/MZ/order", **TOLD).status_code == 303
    with house.deployment.database.reading() as session:
        *_, other = session.scalars(select(RoundOrder.key).order_by(RoundOrder.id))
    elsewhere = f"/staff/rounds/orders/{other}/files/{file.rpartition('/')[2]}"
    assert house.browser("min").get(elsewhere).status_code == 404


def test_nobody_notes_what_he_saw_at_his_own_unit(house: House) -> None:
    house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), ("MZ", Role.OFFICER))
    at = planned(house)
    seen = {"day": "2022-06-06", "text": "都好"}
    answer = house.post("shuang", f"{at}/units/MZ/visit", **seen)
    assert answer.status_code == 404
    assert house.post("shuang", f"{at}/units/ST05/visit", **seen).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"last_on": "2022-05-01"}, "不能早于开始的那天"),
        ({"units": []}, "请选去哪些单位"),
        ({"purpose": ""}, "请写看什么"),
    ],
)
def test_a_wrong_plan_comes_back_with_what_was_typed(
    house: House, wrong: dict[str, object], told: str
) -> None:
    house.get("chen", "/staff/rounds/new")
    answer = house.post("chen", "/staff/rounds/new", **{**PLAN, **wrong})
    assert answer.status_code == 422
    assert told in answer.text
    assert "2022-06-01" in answer.text


def test_days_that_cant_be(house: House) -> None:
    at = planned(house)
    early = house.post("chen", f"{at}/units/MZ/visit", day="2022-05-31", text="看了")
    assert early.status_code == 422
    assert "今天以前的日子" in early.text
    assert house.post("chen", f"{at}/units/MZ/order", **TOLD).status_code == 409
    house.post("chen", f"{at}/units/MZ/visit", day="2022-06-06", text="看了")
    late = house.post("chen", f"{at}/units/MZ/order", **{**TOLD, "day": "2022-06-06"})
    assert late.status_code == 422
    assert "把3月的清单补齐" in late.text
