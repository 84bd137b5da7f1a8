"""A promise that isn't kept is given up in public, by two people, and never after the draw."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portal.foundation.staff import Role
from tests.admin.appearances.test_exporting import from_desk
from tests.admin.house import House
from tests.admin.spot_checks.rounds import Round, a_week_later
from tests.admin.spot_checks.test_repeating import repeated

WHY = "名册里漏了两个社区，要重新定"
HERE = "/spot-checks/2022-1"


@pytest.fixture
def check(house: House) -> Round:
    """Frozen by chen."""
    found = Round.begun(house)
    assert found.freeze().status_code == 303
    return found


def propose(check: Round, name: str = "lu", why: str = WHY) -> int:
    return check.post(name, "/give-up", why=why).status_code


def is_over(check: Round) -> bool:
    return "given_up_on" in check.house.deployment.citizen().get(f"{HERE}/record.json").text


def test_the_head_proposes_and_another_agrees_before_everybody(
    house_on_each: House, tmp_path: Path
) -> None:
    house = house_on_each
    check, public = Round.begun(house), house.deployment.citizen()
    check.freeze()
    promised = json.loads(public.get(f"{HERE}/record.json").data)
    check.get("lu", "/give-up")
    assert propose(check) == 303
    # Nobody outside knows yet.
    assert json.loads(public.get(f"{HERE}/record.json").data) == promised
    assert "收回，不作废了" in check.get("lu")
    check.post("lu", "/give-up/agree")
    assert not is_over(check)
    assert WHY in check.get("chen")
    assert check.post("chen", "/give-up/agree").location.endswith("?done=given-up")
    page = public.get(HERE).text
    for words in ("已作废", WHY, "2022年6月6日作废", "公开号码还没有出来", promised["commit"]):
        assert words in page
    assert f"2022年6月6日已作废：{WHY}" in public.get("/spot-checks").text
    raw = public.get(f"{HERE}/record.json").data
    record = json.loads(raw)
    assert {name: record[name] for name in promised if name != "sha256"} == {
        name: said for name, said in promised.items() if name != "sha256"
    }
    assert repeated(raw, tmp_path) == (1, "不对：这一次没有抽，2022-06-06作废了\n")
    assert repeated(raw.replace(b"06-06", b"06-05"), tmp_path)[0] == 1
    assert "作废了" in check.get("chen")
    assert "重点抽查没有了结" not in house.get("chen", "/staff/office")
    with a_week_later(house):
        assert check.reveal().status_code == 409
    assert house.post("chen", "/staff/spot-checks", once="a" * 32).location.endswith("/2")


def test_nowhere_is_it_still_to_come(house: House, check: Round) -> None:
    propose(check)
    check.post("chen", "/give-up/agree")
    public = house.deployment.citizen()
    feed, found = public.get("/feed.xml").text, public.get("/search?q=2022-1").text
    copy = from_desk(house)["重点抽查/2022-1.html"]
    assert "重点抽查2022-1：已作废，不抽了" in feed
    assert "<updated>2022-06-06T" in feed
    for shown in (feed, found, copy):
        assert f"已作废，原因：{WHY}" in shown
        assert "还没有抽" not in shown


def test_after_the_number_the_page_says_so(house: House, check: Round) -> None:
    with a_week_later(house):
        assert propose(check) == 303
        check.post("chen", "/give-up/agree")
        assert "公开号码那一天已经到了" in house.deployment.citizen().get(HERE).text


def test_what_was_drawn_is_never_given_up(house: House, check: Round) -> None:
    with a_week_later(house):
        assert propose(check) == 303
        assert check.reveal().status_code == 303
        check.post("chen", "/give-up/agree")
        assert propose(check) == 409
        assert not is_over(check)
        assert "同意作废" not in check.get("chen")


def test_only_the_head_proposes_with_words_for_everybody(house: House, check: Round) -> None:
    assert "提出作废" not in check.get("chen")
    assert propose(check, "chen") == 409
    assert propose(check, why=" ") == 422
    number = check.post("lu", "/give-up", why="打13907123456问")
    assert number.status_code == 422
    assert "13907123456" in number.text
    house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), ("ST05", Role.OFFICER))
    assert propose(check) == 303
    assert propose(check) == 409
    for name in ("shuang", "min", "gong"):
        assert check.post(name, "/give-up/agree").status_code == 404
    assert check.post("chen", "/give-up/agree", version="1").location.endswith("/1")
    assert not is_over(check)
    # Whoever doesn't agree takes it from the table.
    assert check.post("chen", "/give-up/keep").location.endswith("?done=kept")
    assert WHY not in check.get("lu")
    check.post("chen", "/give-up/agree")
    assert not is_over(check)
