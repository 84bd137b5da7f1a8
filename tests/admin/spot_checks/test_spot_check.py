"""A spot check from its frame to the last problem struck off, by the people who do it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.cases.event import Event
from portal.foundation.staff import Role
from tests.admin.evidence import PHOTO, is_for, offered, send
from tests.admin.house import FOUND, WORDS, House
from tests.admin.spot_checks.rounds import FREEZING, Round, a_week_later
from tests.pages.weight import MOST_BYTES, weight

WHY = "上级函询过这个街道"
FINDING = {
    "what_is_wrong": FOUND,
    "unit": "ST05",
    "problem_type": "1.2",
    "policy": "MZ11",
    "place": "",
    "rectify_by": "2022-07-15",
}
HERE = "/units/ST05"
VISITS = {"on": "2022-06-13", "visited": "20", "confirmed": "17", "deviating": "2"}


@pytest.fixture
def check(house: House) -> Round:
    """Begun, with ST05 certain."""
    return with_a_reason(house)


def with_a_reason(house: House) -> Round:
    """A spot check that was begun, with ST05 certain."""
    found = Round.begun(house)
    found.get("chen", "/reasons")
    answer = found.post("chen", "/reasons", unit="ST05", cause="superior", words=WHY)
    assert answer.status_code == 303, answer.text
    return found


def test_it_is_promised_then_drawn_by_another_person(house: House, check: Round) -> None:
    public = house.deployment.citizen()
    assert WHY in check.get("chen")
    check.get("chen", "/freeze")
    few = check.freeze(asked="36")
    assert few.status_code == 422
    assert "不能比方案的比例少" in few.text
    assert "双色球2022年第66期" in few.text
    assert check.freeze(day="2022-06-06").status_code == 422
    assert check.freeze().status_code == 303
    promise = public.get("/spot-checks/2022-1")
    assert "还没有抽" in promise.text
    early = public.get("/spot-checks/2022-1/record.json").text
    assert not re.search("ST05|seed|certain|民意", early)
    assert check.reveal().status_code == 422
    with a_week_later(house):
        assert check.reveal("chen").status_code == 409
        check.get("lu", "/reveal")
        assert check.reveal().status_code == 303
        page = public.get("/spot-checks/2022-1").text
        assert weight(page) <= MOST_BYTES
        assert "37个" in page
        assert "民意街道办事处" in page
        assert "已经了结" in check.get("chen")
    raw = public.get("/spot-checks/2022-1/record.json").data
    assert WHY not in raw.decode()
    assert "superior" not in raw.decode()


def test_what_is_promised_names_nobody_and_repeats_no_case(house: House, check: Round) -> None:
    house.case()
    for published in ("问王小明，", f"晚报：{WORDS[3:18]}"):
        refused = check.freeze(published=published)
        assert refused.status_code == 422
        assert "照抄了内部材料" in refused.text
        assert published in refused.text
    assert check.freeze().status_code == 303
    with house.deployment.database.reading() as session:
        wanted = select(Event.facts).where(Event.name == "text_compared")
        assert list(session.scalars(wanted)) == [{"desk": "spot_checks", "item": "2022-1"}] * 3


def test_teams_check_what_isnt_their_own_and_nobody_else_looks_on(
    house: House, check: Round
) -> None:
    check.freeze()
    with a_week_later(house):
        check.reveal()
        check.get("chen", "/teams")
        alone = check.post("chen", "/teams", members=staff(house, "min"), units="ST05")
        assert alone.status_code == 422
        assert "至少两个人" in alone.text
        own = check.post("chen", "/teams", members=staff(house, "min", "jie"), units="ST05")
        assert own.status_code == 422
        assert "jie同志不能查民意街道办事处" in own.text
        assert give(house, check).status_code == 303
        for name in ("jie", "tou", "shen", "ji"):
            check.get(name, HERE, 404)
            check.get(name, f"{HERE}/finding", 404)
            assert check.post(name, f"{HERE}/visits", **VISITS).status_code == 404
        check.get("min", "", 404)
        assert "units/ST05" in house.get("min", "/staff/spot-checks")
        assert "units/ST05" not in house.get("jie", "/staff/spot-checks")
        # The office reads, and writes nothing in a team's place.
        check.get("chen", HERE)
        check.get("chen", f"{HERE}/visits", 404)


def test_what_a_team_finds_is_followed_until_it_is_struck_off(house_on_each: House) -> None:
    house, check = house_on_each, with_a_reason(house_on_each)
    check.freeze()
    with a_week_later(house):
        check.reveal()
        give(house, check)
        check.get("min", f"{HERE}/visits")
        wrong = check.post("min", f"{HERE}/visits", **{**VISITS, "deviating": "4"})
        assert wrong.status_code == 422
        assert check.post("min", f"{HERE}/visits", **VISITS, note="五楼没有开门").status_code == 303
        for name in ("min", "tui", "chen"):
            assert "五楼没有开门" in check.get(name, HERE)
        assert WHY not in check.get("min", HERE)
        check.get("tui", f"{HERE}/finding")
        elsewhere = check.post("tui", f"{HERE}/finding", **{**FINDING, "unit": "ST06"})
        assert elsewhere.status_code == 422
        assert check.post("tui", f"{HERE}/finding", **FINDING).status_code == 303
        [number] = re.findall(r"/staff/problems/(\w+)", check.get("chen", HERE))
        assert "重点抽查" in house.get("jie", f"/staff/problems/{number}")
        assert number in check.get("tui", HERE)
        assert house.browser("tui").get(f"/staff/problems/{number}").status_code == 404
        check.get("min", f"{HERE}/conclusion")
        assert check.post("min", f"{HERE}/conclusion", words="查完了").status_code == 303
        assert "1个问题没有销号" in check.get("chen")
        house.rectify(number, officer="jie", head="tou")
        house.strike_off(number)
        assert "1个已经了结" in check.get("chen")


def test_photographs_of_a_visit_are_for_the_team_and_the_office(house_on_each: House) -> None:
    house, check = house_on_each, with_a_reason(house_on_each)
    check.freeze()
    with a_week_later(house):
        check.reveal()
        give(house, check)
        at = f"/staff/spot-checks/1{HERE}"
        house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), ("ST05", Role.OFFICER))
        check.get("min", f"{HERE}/visits")
        sent = {**VISITS, "once": "d" * 32}
        assert send(house, "min", f"{at}/visits", PHOTO, **sent).status == 303
        # Pressed twice, it is entered once.
        assert send(house, "min", f"{at}/visits", PHOTO, **sent).status == 303
        page = check.get("tui", HERE)
        [file] = offered(page)
        assert "一共20户" in page
        everybody_else = {"jie", "tou", "shen", "shuang"}
        is_for(house, file, readers={"min", "tui", "chen"}, others=everybody_else)
        check.get("tui", f"{HERE}/finding")
        sent = {**FINDING, "once": "e" * 32}
        assert send(house, "tui", f"{at}/finding", PHOTO, **sent).status == 303
        assert send(house, "tui", f"{at}/finding", PHOTO, **sent).status == 303
        [number] = re.findall(r"/staff/problems/(\w+)", check.get("chen", HERE))
        [file] = offered(house.get("jie", f"/staff/problems/{number}"))
        is_for(house, file, readers={"jie", "chen"}, others={"tui", "shen"})


def test_a_unit_is_taken_back_from_a_team_only_before_it_begins(house: House, check: Round) -> None:
    check.freeze()
    with a_week_later(house):
        check.reveal()
        give(house, check)
        assert check.post("chen", "/units/ST05/take").location.endswith("?done=take")
        check.get("min", "/units/ST05", 404)
        give(house, check)
        check.post("min", "/units/ST05/visits", **VISITS)
        assert not check.post("chen", "/units/ST05/take").location.endswith("?done=take")
        check.get("min", "/units/ST05")


def test_a_reason_is_taken_back_while_the_frame_is_open(house: House, check: Round) -> None:
    check.get("min", "", 404)
    assert "必查的只有1个" in check.get("chen")
    assert check.post("chen", "/reasons/1/take-back").location.endswith("?done=take-back")
    assert WHY not in check.get("chen")
    old = check.post("chen", "/reasons", version="1", unit="ST05", cause="nil", words=WHY)
    assert old.status_code == 409
    assert WHY in old.text


def test_what_was_not_promised_is_dropped_and_what_was_is_not(house: House, check: Round) -> None:
    assert check.post("chen", "/drop").location.endswith("?done=drop")
    assert "这一次不抽了" in check.get("chen")
    assert WHY not in check.get("chen")
    assert check.freeze().status_code == 409
    assert "重点抽查没有了结" not in house.get("chen", "/staff/office")
    assert house.post("chen", "/staff/spot-checks").location == "/staff/spot-checks/2"
    assert "重点抽查没有了结" in house.get("chen", "/staff/office")
    house.post("chen", "/staff/spot-checks/2/freeze", **FREEZING, version="1")
    again = house.post("chen", "/staff/spot-checks/2/drop", version="2")
    assert again.location == "/staff/spot-checks/2"
    assert house.deployment.citizen().get("/spot-checks/2022-2").status_code == 200
    assert house.deployment.citizen().get("/spot-checks/2022-1").status_code == 404


def staff(house: House, *names: str) -> list[str]:
    """The ids of some people, as a form sends them."""
    with house.deployment.database.reading() as session:
        return [str(house.deployment.staff_id(session, name)) for name in names]


def give(house: House, check: Round) -> TestResponse:
    """Let min and tui check ST05."""
    return check.post("chen", "/teams", members=staff(house, "min", "tui"), units="ST05")
