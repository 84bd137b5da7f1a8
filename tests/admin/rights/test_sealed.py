"""Requests about one's own information that belong to the sealed class: its key alone opens them,
and they exist for nobody who hasn't unlocked it."""

from __future__ import annotations

import pytest

from admin.rights.handing_on import hand_on_requests
from intake.rules.rights import RightsOutcome
from intake.vault.holders import REPORTER, SEALED
from tests.admin.house import House
from tests.admin.rights.test_accused import OF_ALL, ON_PAPER, PAGES, holders, read
from tests.admin.rights.test_rights import LIST, acts, asked, decides, newest, stored
from tests.intake.pages.journey import report, show
from tests.intake.pages.mistakes import ACCUSES
from tests.intake.pages.rights import ask_on_own_page


@pytest.fixture
def locked(house_on_each: House) -> House:
    """Discipline inspection's browser hasn't unlocked the class; nobody has asked anything."""
    house_on_each.browsers["ji"] = house_on_each.deployment.officer("ji", unlocks=False)
    return house_on_each


def test_what_is_about_a_sealed_case_is_its_readers_alone(locked: House) -> None:
    house = locked
    client = house.deployment.citizen()
    _, code = report(client, "tip-off", words=ACCUSES).receipt
    before = read(house, "ji"), house.get("shen", "/staff/events").count("个人信息请求")
    ask_on_own_page(client, code, words="我叫王秀英，请改我的电话")
    number = newest(house).number

    assert holders(house, number) == {SEALED, REPORTER}
    assert (read(house, "ji"), house.get("shen", "/staff/events").count("个人信息请求")) == before
    house.get("ji", f"{LIST}/{number}", status=404)
    assert acts(house, number, "ji", "proof", how="seen") == 404
    assert hand_on_requests(house.deployment.database) == 0
    house.browsers["ji"] = house.deployment.officer("ji")
    assert number in house.get("ji", LIST)
    assert "我叫王秀英" in house.get("ji", f"{LIST}/{number}")
    assert decides(house, number, "ji") == 303
    assert "同意了。" in show(house.deployment.citizen(), code).text
    assert len(PAGES) == len(before[0])


def test_so_is_what_its_own_words_would_seal(locked: House) -> None:
    house = locked
    by_form, _ = asked(house, words=ACCUSES)
    house.post("chen", f"{LIST}/new", **ON_PAPER)
    at_desk = newest(house).number

    assert holders(house, by_form) == {SEALED, REPORTER}
    assert holders(house, at_desk) == {SEALED}
    for number in (by_form, at_desk):
        house.get("ji", f"{LIST}/{number}", status=404)
    ordinary, _ = asked(house)
    assert not stored(house, ordinary).sealed
    assert holders(house, ordinary) == {"BGS", REPORTER}


def test_what_becomes_sealed_later_is_hidden_at_once_and_sealed_by_the_worker(
    locked: House,
) -> None:
    house = locked
    client = house.deployment.citizen()
    _, code = report(client, "tip-off", words="民意街道的人扣了钱").receipt
    ask_on_own_page(client, code)
    number = newest(house).number
    assert number in house.get("chen", LIST)
    more = {**show(client, code).fields, "words": ACCUSES}
    assert client.post("/progress/words", data=more).status_code == 200

    house.get("chen", f"{LIST}/{number}", status=404)
    assert hand_on_requests(house.deployment.database) == 1
    assert hand_on_requests(house.deployment.database) == 0
    assert holders(house, number) == {SEALED, REPORTER}
    house.get("ji", f"{LIST}/{number}", status=404)
    house.browsers["ji"] = house.deployment.officer("ji")
    assert "请删掉我的电话" in house.get("ji", f"{LIST}/{number}")


def test_what_leaves_the_class_with_its_case_isnt_lost(house: House) -> None:
    client, deployment = house.deployment.citizen(), house.deployment
    case, code = report(client, "tip-off", words=ACCUSES).receipt
    ask_on_own_page(client, code)
    number = newest(house).number
    more = {**show(client, code).fields, "words": OF_ALL}
    assert client.post("/progress/words", data=more).status_code == 200
    assert hand_on_requests(deployment.database) == 0
    house.browsers["ji"] = deployment.officer("ji")
    house.post("ji", f"/staff/sealed/above/{case}")

    assert hand_on_requests(deployment.database) == 1
    assert stored(house, number).outcome is RightsOutcome.REGISTERED
    assert "请删掉我的电话" in show(client, code).text
