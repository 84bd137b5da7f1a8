"""Requests about one's own information and whoever their words, or the case that they are about,
accuse: he finds out nothing, the others answer, and what nobody may read is carried on."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from admin.rights.handing_on import hand_on_requests
from admin.rights.waiting import brings_work
from intake.cases.case import Case
from intake.cases.receipt import Receipt
from intake.cases.rights_request import RightsRequest
from intake.rules.rights import RightsOutcome
from intake.vault.compartment import Compartment
from intake.vault.holders import SEALED
from portal.foundation.staff import Role, Staff
from tests.admin.hearing import hear
from tests.admin.house import House
from tests.admin.rights.test_reminding import reminds
from tests.admin.rights.test_rights import (
    LIST,
    acts,
    asked,
    decides,
    events,
    newest,
    refuses,
    stored,
)
from tests.intake.pages.journey import report, show
from tests.intake.pages.mistakes import ACCUSES
from tests.intake.pages.rights import ask_on_own_page, own_content

OF_ALL = "我举报区纪委监委和领导小组办公室的人收红包，贪污补贴的钱"
MISREAD = "区财政局电话不对"
ON_PAPER = {
    "asked_for": "explanation",
    "asker": "himself",
    "words": ACCUSES,
    "contact": "王秀英，来取",
    "received_on": "2022-06-06",
    "proved": "seen",
}
PAGES = (LIST, f"{LIST}/record-2022.xlsx", "/staff/office", "/staff/cases", "/staff/events")


def read(house: House, name: str) -> dict[str, bytes]:
    """Every page with a list, a count or a reminder of requests, as this person gets it."""
    return {path: house.browser(name).get(path).data for path in PAGES}


def holders(house: House, number: str) -> set[str]:
    wanted = select(Compartment).where(Compartment.label == f"rights:{number}")
    with house.deployment.database.reading() as session:
        return {key.holder for key in session.scalars(wanted).one().keys}


def test_what_is_about_a_case_that_accuses_the_office_isnt_there_for_it(
    house_on_each: House,
) -> None:
    house = house_on_each
    asked(house)
    assert reminds(house, "2022-06-28T10:00") == 1
    house.deployment.add_staff("looks", ("BGS", Role.OFFICE), ("SJ", Role.AUDITOR))
    client = house.deployment.citizen()
    _, code = report(client, "tip-off", words=ACCUSES).receipt
    accused = ("chen", "lu", "looks")
    before = {name: read(house, name) for name in accused}
    ask_on_own_page(client, code, words="请删掉我的电话")
    number = newest(house).number
    assert reminds(house, "2022-06-28T10:30") == 1

    for name in accused:
        assert read(house, name) == before[name]
        nowhere = house.browser(name).get(f"{LIST}/JHGX000000")
        there = house.browser(name).get(f"{LIST}/{number}")
        assert (there.status_code, there.data) == (404, nowhere.data)
        assert acts(house, number, name, "proof", how="seen") == 404
    assert house.get("shen", "/staff/events").count("个人信息请求：收到") == 1
    assert house.get("looks", "/staff/events").count("个人信息请求：收到") == 1
    assert holders(house, number) == {SEALED, "reporter"}
    assert number in house.get("ji", LIST)
    since = datetime.fromisoformat("2022-06-28T10:15+08:00")
    assert hear(house, brings_work, since=since) == {"ji"}
    assert acts(house, number, "ji", "office") == 404, "what a case accuses isn't to be given back"
    assert decides(house, number, "ji") == 303
    own = show(client, code).text
    assert "同意了。" in own
    assert "纪委" not in own


def test_what_only_a_colleague_is_barred_from_the_others_answer(house: House) -> None:
    number, _ = asked(house, words="chen同志收了别人的钱，请讲一讲我的电话谁看过")
    house.get("chen", f"{LIST}/{number}", status=404)
    assert number not in house.get("chen", LIST)
    assert number in house.get("lu", LIST)
    assert acts(house, number, "lu", "proof", how="called") == 303
    assert decides(house, number, "lu") == 303
    assert number not in house.get("chen", LIST)


def test_who_is_accused_later_loses_it_and_what_he_proposed(house_on_each: House) -> None:
    house = house_on_each
    client = house.deployment.citizen()
    _, code = report(client, "tip-off", words="民意街道的人扣了钱").receipt
    ask_on_own_page(client, code)
    number = newest(house).number
    assert refuses(house, number) == 303
    more = {**show(client, code).fields, "words": ACCUSES}
    assert client.post("/progress/words", data=more).status_code == 200

    for name in ("chen", "lu"):
        house.get(name, f"{LIST}/{number}", status=404)
    assert acts(house, number, "lu", "agreement") == 404
    assert hand_on_requests(house.deployment.database) == 1
    assert hand_on_requests(house.deployment.database) == 0
    assert holders(house, number) == {SEALED, "reporter"}
    assert stored(house, number).proposed_by is None
    assert "请删掉我的电话" in house.get("ji", f"{LIST}/{number}")
    assert [one.facts for one in events(house, "rights_handed_on")] == [
        {"request": number, "unit": "JW"}
    ]


def test_what_was_misread_goes_back_to_the_office(house: House) -> None:
    number, _ = asked(house, words=MISREAD)
    house.get("chen", f"{LIST}/{number}", status=404)
    assert acts(house, number, "chen", "office") == 404
    assert acts(house, number, "ji", "office") == 303

    house.get("ji", f"{LIST}/{number}", status=404)
    assert MISREAD in house.get("chen", f"{LIST}/{number}")
    assert holders(house, number) == {"BGS", "reporter"}
    assert hand_on_requests(house.deployment.database) == 0


def test_what_nobody_may_read_becomes_a_case_under_the_same_code(house: House) -> None:
    number, code = asked(house, words=OF_ALL)
    for name in ("chen", "lu", "ji"):
        house.get(name, f"{LIST}/{number}", status=404)
    assert hand_on_requests(house.deployment.database) == 1

    with house.deployment.database.reading() as session:
        case = session.scalars(select(Case)).one()
    assert stored(house, number).outcome is RightsOutcome.REGISTERED
    assert (case.kind.value, case.unit_code) == ("tip_off", "SJW")
    assert OF_ALL in show(house.deployment.citizen(), code).text
    assert hand_on_requests(house.deployment.database) == 0


def test_what_a_desk_wrote_down_becomes_a_case_without_a_code(house: House) -> None:
    assert house.post("chen", f"{LIST}/new", **{**ON_PAPER, "words": OF_ALL}).status_code == 303
    assert hand_on_requests(house.deployment.database) == 1

    with house.deployment.database.reading() as session:
        case = session.scalars(select(Case)).one()
        assert session.scalars(select(Receipt)).all() == []
    assert case.unit_code == "SJW"
    assert case.number not in house.get("chen", "/staff/cases?scope=district&tab=open")


def test_or_goes_into_the_case_that_it_is_about(house: House) -> None:
    client = house.deployment.citizen()
    _, code = report(client, "tip-off", words=OF_ALL).receipt
    ask_on_own_page(client, code, words="请删掉我的电话")
    number = newest(house).number
    assert hand_on_requests(house.deployment.database) == 1

    content, _ = own_content(client, code)
    [added] = content["件"][0]["您后来写的"]
    assert added["内容"] == f"（个人信息权利请求{number}：删除）\n请删掉我的电话"
    assert stored(house, number).outcome is RightsOutcome.REGISTERED
    assert holders(house, number) == {"reporter"}


@pytest.mark.parametrize("name", ["chen", "ji"])
def test_what_a_desk_writes_down_may_go_to_another_body(house: House, name: str) -> None:
    answer = house.post(name, f"{LIST}/new", **ON_PAPER)

    number = newest(house).number
    assert answer.status_code == 303
    assert (number in answer.location) == (name == "ji")
    assert (number in house.get(name, LIST)) == (name == "ji")
    assert holders(house, number) == {SEALED}


def test_an_office_that_nobody_has_come_to_yet_waits_for_them(house: House) -> None:
    number, _ = asked(house, words="区民政局的人收了红包，贪污补贴的钱")
    with house.deployment.database.writing() as session:
        for staff in session.scalars(select(Staff).where(Staff.name.in_(("chen", "lu")))):
            staff.active = False
    assert hand_on_requests(house.deployment.database) == 0
    with house.deployment.database.reading() as session:
        assert session.scalars(select(RightsRequest.unit_code)).one() == "BGS"
    house.deployment.add_staff("new", ("BGS", Role.OFFICE))
    house.get("new", f"{LIST}/{number}")
