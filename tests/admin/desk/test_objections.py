"""Objections of reporters: looked at again by the office, or of a petition by the body above."""

from __future__ import annotations

from datetime import date
from typing import Any

from admin.system.moving_keys import hand_keys_on
from intake.cases.case import Identity
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from portal.foundation.staff import Role
from tests.admin.desk.people import NOISE, Desks
from tests.admin.desk.reporter import objects, page_of
from tests.admin.documents.papers import drafted, issue, issued

PETITION: dict[str, Any] = {
    "kind": Kind.PETITION,
    "identity": Identity.REAL_NAME,
    "contact_name": "王五",
    "contact_phone": "13800000000",
    "words": "请求补发三个月的高龄津贴",
}


def closed(desks: Desks, **changed: Any) -> tuple[str, str]:
    """The number and the code of a case that was answered and closed."""
    registered = desks.register(**changed)
    number, petition = registered.case.number, changed.get("kind") is Kind.PETITION
    answered = (
        (("mz-head", "sign", ""), ("office", "release", ""))
        if petition
        else (("mz-head", "reply", ""),)
    )
    desks.through(
        number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept-petition" if petition else "accept", ""),
        ("mz-officer", "draft", "查过了，没有少发"),
    )
    if petition:
        issued(desks, number)
    desks.through(number, *answered, ("mz-officer", "close", ""))
    return number, registered.query_code


def test_an_objection_opens_a_case_again_at_the_office(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        desks.case(NOISE)
        number, code = closed(desks)
        empty = objects(desks, code, "")
        assert "请写下哪里不对" in empty.text
        after = objects(desks, code, "流水上就是没有三月的")
        assert "换人再看一次" in after.text
        assert "流水上就是没有三月的" in after.text
        stored = desks.stored(number)
        assert (stored.state, stored.unit_code) == (State.RETURNED, "BGS")
        assert stored.answer_by == date(2022, 6, 20)
        hand_keys_on(desks.deployment.database)
        assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
        assert "流水上就是没有三月的" in desks.get("office", f"/staff/cases/{number}").text
        again = objects(desks, code, "再来一次")
        assert "不能提出异议" in again.text


def test_an_objection_has_its_days(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks)
    with desks.on("2022-06-21"):
        assert "不同意这个结果" in page_of(desks, code).text
    with desks.on("2022-06-22"):
        assert "不同意这个结果" not in page_of(desks, code).text
        assert desks.stored(number).state is State.CLOSED


def test_a_petition_is_reviewed_by_another_than_who_answered(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks, **PETITION)
        objects(desks, code, "处理意见不对")
        hand_keys_on(desks.deployment.database)
        stored = desks.stored(number)
        assert stored.unit_code == "BGS"
        assert stored.answer_by == date(2022, 7, 6)
        assert desks.get("mz-head", f"/staff/cases/{number}").status_code == 404
        assert "来件人请求复查" in desks.get("office", f"/staff/cases/{number}").text
        assert "正在复查" in page_of(desks, code).text


def test_after_the_review_he_asks_for_the_last_one_and_then_for_none(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks, **PETITION)
        assert button("请求复查") in page_of(desks, code).html
        asked = objects(desks, code, "处理意见不对")
        assert "正在复查" in asked.text
        hand_keys_on(desks.deployment.database)
    with desks.on("2022-06-20"):
        reviewed(desks, number)
        page = page_of(desks, code).html
        assert button("请求复核") in page
        assert button("请求复查") not in page
        assert "正在复核" in objects(desks, code, "复查意见也不对").text
        hand_keys_on(desks.deployment.database)
        # Nobody looks at his own answer, of the first two.
        for name in ("mz-officer", "rs-officer"):
            assert desks.get(name, f"/staff/cases/{number}").status_code == 404
    with desks.on("2022-07-04"):
        reviewed(desks, number, "CL")
        page = page_of(desks, code).html
        assert "不同意这个结果" not in page


def button(name: str) -> str:
    """A button of that name, as the page has it."""
    return f">{name}</button>"


def reviewed(desks: Desks, number: str, unit: str = "RS") -> None:
    """Let the office give the review to a unit, and that unit answer it."""
    officer, head = f"{unit.lower()}-reviewer", f"{unit.lower()}-signer"
    for name, role in ((officer, Role.OFFICER), (head, Role.HEAD)):
        desks.deployment.add_staff(name, (unit, role))
        desks.browsers[name] = desks.deployment.officer(name)
    answer = desks.act("office", number, "sort", unit=unit, told="由上一级指定的单位复查")
    assert answer.status_code == 303, answer.text
    hand_keys_on(desks.deployment.database)
    desks.through(number, (officer, "sign-for", ""), (officer, "accept-petition", ""))
    desks.through(number, (officer, "draft", "复查过了，维持原来的意见"))
    key = drafted(desks, number, officer)
    assert issue(desks, number, key, head).status_code == 303
    desks.through(number, (head, "sign", ""), ("office", "release", ""), (officer, "close", ""))
