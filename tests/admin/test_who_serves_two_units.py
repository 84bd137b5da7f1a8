"""Who serves a unit as well as the office is that unit (decision 52): he neither reads what the
office keeps from it nor decides about it, and it is refused as if it weren't there."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from admin.rounds.round_order import RoundOrder
from admin.spot_checks.spot_check import CheckState, SpotCheck
from portal.foundation.staff import Role
from tests.admin.house import House
from tests.admin.returns.test_returns import JUNE, day, edition, fills, hands_in, signs
from tests.admin.rounds.test_rounds import FOUND, PLAN, TOLD, planned, version_of, visited
from tests.admin.shirking.test_shirking import LETTER, drafted
from tests.admin.spot_checks.rounds import FREEZING, a_week_later
from tests.admin.spot_checks.test_spot_check import WHY, give, with_a_reason

OWN_UNIT = "ST05"
PLACE = "420103006"
SEEN = {"day": "2022-06-06", "text": "看了清单"}


def add(house: House, unit: str, role: Role = Role.OFFICE) -> None:
    """Somebody of the office, or its second head, who serves a unit, too."""
    house.deployment.add_staff("shuang", ("BGS", role), (unit, Role.OFFICER))


@pytest.mark.parametrize("unit", [OWN_UNIT, "TY"])
def test_the_frame_of_a_spot_check_is_for_who_serves_the_office_alone(
    house: House, unit: str
) -> None:
    check = with_a_reason(house)
    add(house, unit, Role.OFFICE_HEAD)
    for path in ("", "/reasons", "/freeze", "/reveal", "/teams", "/give-up"):
        check.get("shuang", path, 404)
    sent = {"unit": OWN_UNIT, "cause": "nil", "words": "看看"}
    assert check.post("shuang", "/reasons", **sent).status_code == 404
    assert check.post("shuang", "/freeze", **FREEZING).status_code == 404
    assert check.post("shuang", "/reasons/1/take-back").status_code == 404
    assert check.post("shuang", "/drop").status_code == 404
    assert state(house) == (CheckState.PREPARING, 2)
    assert WHY in check.get("chen")
    assert WHY not in house.get("shuang", "/staff/spot-checks")
    assert WHY not in house.get("shuang", "/staff/office")
    check.freeze()
    for step in ("/give-up", "/give-up/agree", "/give-up/keep"):
        assert check.post("shuang", step, why="看看").status_code == 404
    with a_week_later(house):
        assert check.reveal("shuang").status_code == 404
        assert state(house)[0] is CheckState.FROZEN
        check.reveal()
        give(house, check)
        # A unit that a team checks is read by the office, but for whoever serves it.
        check.get("shuang", f"/units/{OWN_UNIT}", 404 if unit == OWN_UNIT else 200)
        assert check.post("shuang", f"/units/{OWN_UNIT}/take").status_code == 404


def state(house: House) -> tuple[CheckState, int]:
    with house.deployment.database.reading() as session:
        check = session.get_one(SpotCheck, 1)
        return check.state, check.version


def test_a_letter_is_read_once_it_is_sent_and_decided_by_others(house: House) -> None:
    add(house, "MZ", Role.OFFICE_HEAD)
    at = drafted(house)
    answer = house.post("chen", "/staff/letters/new/TY", **LETTER)
    elsewhere = answer.location.partition("?")[0]
    mine = house.browser("shuang")
    assert mine.get(at).status_code == 404
    assert mine.get(f"{at}/change").status_code == 404
    for step in ("send", "drop", "change"):
        assert house.post("shuang", f"{at}/{step}", **{**LETTER, "version": "1"}).status_code == 404
    listed = house.get("shuang", "/staff/letters")
    assert at not in listed
    assert elsewhere in listed
    house.get("shuang", elsewhere)
    own = house.post("shuang", "/staff/letters/new/MZ", **LETTER)
    assert own.status_code == 422
    assert "不该由您来办" in own.text
    assert LETTER["text"] in own.text
    assert house.post("lu", f"{at}/send", version="1").status_code == 303
    assert LETTER["text"] in house.get("shuang", at)
    assert house.post("min", f"{at}/answer", version="2", text="说明").status_code == 303
    assert house.post("shuang", f"{at}/close", version="3", text="好").status_code == 409
    assert house.post("chen", f"{at}/close", version="3", text="好").status_code == 303


def test_a_return_of_his_unit_is_received_by_others(house: House) -> None:
    at = f"{JUNE}/MZ/BGS"
    add(house, "MZ")
    with day(house, "06-18T10"):
        none = {"households_due": "0", "visited": "0", "not_reached": "0"}
        assert fills(house, "min", at, nil="y", **none).status_code == 303
        assert signs(house, "zheng", at) == 303
        hands_in(house)
        page = house.get("shuang", at)
        assert f"{at}/accept" not in page
        assert f"{at}/accept" in house.get("chen", at)
        sent = {"edition": edition(house, "chen", at), "reason": "少报了"}
        for act in ("accept", "send-back"):
            assert house.post("shuang", f"{at}/{act}", **sent).status_code == 409
        assert house.post("chen", f"{at}/accept", **sent).status_code == 303


def test_a_visit_of_his_unit_and_what_it_told_are_for_others(house: House) -> None:
    add(house, "MZ")
    at = visited(house)
    page = house.get("shuang", at)
    assert "清单少了一个月" not in page
    assert "units/MZ/" not in page
    assert "units/ST05/visit" in page
    assert "清单少了一个月" in house.get("lu", at)
    assert house.post("shuang", f"{at}/units/MZ/order", **TOLD).status_code == 404
    assert house.post("shuang", f"{at}/units/MZ/finding", **FOUND).status_code == 404
    assert house.post("chen", f"{at}/units/MZ/order", **TOLD).status_code == 303
    with house.deployment.database.reading() as session:
        order = f"/staff/rounds/orders/{session.scalars(select(RoundOrder.key)).one()}"
    # He reads and reports it as the unit, and doesn't say that it is done.
    assert house.post("shuang", f"{order}/report", version="1", text="补齐了").status_code == 303
    for step in ("accept", "send-back"):
        refused = house.post("shuang", f"{order}/{step}", version="2", text="看过")
        assert refused.status_code == 409
        assert "请别的同事来看" in refused.text
    assert not re.search("problems/JHW", house.get("lu", at))
    assert house.post("lu", f"{order}/accept", version="2", text="看过").status_code == 303


@pytest.mark.parametrize("unit", ["ST05", "CM0501"])
def test_a_round_to_his_unit_says_nothing_of_it_and_is_closed_by_others(
    house: House, unit: str
) -> None:
    add(house, unit, Role.OFFICE_HEAD)
    at = planned(house)
    assert str(PLAN["purpose"]) not in house.get("shuang", at)
    assert str(PLAN["purpose"]) in house.get("chen", at)
    for step in ("visit", "order", "finding"):
        for of in ("ST05", "ST06"):
            there = f"{at}/units/{of}/{step}"
            assert house.browser("shuang").get(there).status_code == 404, there
            sent = {**SEEN, **TOLD, **FOUND, "unit": of, "day": "2022-06-05"}
            assert house.post("shuang", there, **sent).status_code == 404, there
    assert house.post("shuang", f"{at}/units/MZ/visit", **SEEN).status_code == 303
    assert house.post("chen", f"{at}/units/ST05/visit", **SEEN).status_code == 303
    assert house.post("chen", f"{at}/units/ST05/order", **TOLD).status_code == 303
    assert counted(house, "chen") == ["2／2", "1件", "0"]
    assert counted(house, "shuang") == ["1／1", "0件", "0"]
    assert "去了2家，共2家" in house.get("chen", "/staff/office/plan")
    assert "去了1家，共1家" in house.get("shuang", "/staff/office/plan")
    with house.deployment.database.reading() as session:
        order = f"/staff/rounds/orders/{session.scalars(select(RoundOrder.key)).one()}"
    assert house.post("jie", f"{order}/report", version="1", text="补齐了").status_code == 303
    assert "督导交代的事，单位报了" in house.get("chen", "/staff/office")
    assert "督导交代的事，单位报了" not in house.get("shuang", "/staff/office")
    assert house.post("chen", f"{order}/accept", version="2", text="看过").status_code == 303
    assert f"{at}/close" not in house.get("shuang", at)
    closing = {"version": version_of(house, at), "text": "都改好了"}
    assert house.post("shuang", f"{at}/close", **closing).status_code == 409
    assert house.post("lu", f"{at}/close", **closing).status_code == 303
    assert "都改好了" not in house.get("shuang", at)
    assert "都改好了" in house.get("chen", at)


def test_he_closes_a_round_that_visits_none_of_his(house: House) -> None:
    add(house, "TY")
    at = visited(house)
    assert house.post("shuang", f"{at}/units/ST05/visit", **SEEN).status_code == 303
    assert str(PLAN["purpose"]) in house.get("shuang", at)
    closing = {"version": version_of(house, at), "text": "都改好了"}
    assert house.post("shuang", f"{at}/close", **closing).status_code == 303


def counted(house: House, name: str) -> list[str]:
    """What the list of rounds counts of the only one: visits, open orders, problems."""
    cells = re.findall(r"<td[^>]*>(.*?)</td>", house.get(name, "/staff/rounds"), re.DOTALL)
    return [re.sub(r"<[^>]+>|\s", "", one) for one in cells][-3:]


def test_what_contradicts_a_nil_return_of_his_unit_is_for_others(house: House) -> None:
    add(house, OWN_UNIT)
    with day(house, "06-18T10"):
        hands_in(house)
        house.case(accused="", words="高龄津贴三个月没有到账", place=PLACE)
        assert "零报送有矛盾" in house.get("chen", "/staff/returns/came")
        assert "零报送有矛盾" not in house.get("shuang", "/staff/returns/came")
        assert "零报送有矛盾" not in house.get("shuang", "/staff/office")
