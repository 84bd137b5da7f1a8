"""Where nobody knows who has whose sign-in, everybody's are ended at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from admin.accounts.staff_session import StaffSession
from intake.cases.event import Event
from tests.admin.staffing.staffing import Staffing

PATH = "/staff/people/sign-out"
TOLD = "所有人被退出登录1次"


def events(house: Staffing) -> list[tuple[int | None, str]]:
    with house.deployment.database.reading() as session:
        found = session.scalars(select(Event).where(Event.name == "everybody_signed_out"))
        return [(one.staff_id, one.facts["why"]) for one in found]


def test_everybody_but_who_does_it_signs_in_anew(on_each: Staffing) -> None:
    house = on_each
    others = [house.deployment.officer(name) for name in ("min", "lu", "wei", "guan")]
    assert "只有您这里还登录着" in house.get("guan", PATH)
    assert house.post("guan", PATH).status_code == 422
    assert [one.get("/staff/account").status_code for one in others] == [200] * 4
    answer = house.post("guan", PATH, why="leak", once="a" * 32)
    assert answer.status_code == 303
    assert [one.get("/staff/account").status_code for one in others] == [303] * 4
    assert "所有人都退出登录了" in house.get("guan", answer.location)
    # The button was pressed twice.
    assert house.post("guan", PATH, why="leak", once="a" * 32).status_code == 303
    assert events(house) == [(house.id_of("guan"), "leak")]
    house.browsers.pop("min", None)
    assert house.browser("min").get("/staff/account").status_code == 200


def test_the_head_of_the_office_is_told_until_he_has_read_it(house: Staffing) -> None:
    house.post("guan", PATH, why="intrusion", once="a" * 32)
    house.browsers.clear()
    assert TOLD in house.get("lu", "/staff/cases")
    assert TOLD not in house.get("chen", "/staff/cases")
    page = house.get("lu", "/staff/people")
    assert "管同志" in page
    assert "怀疑有人进了别人的账号" in page
    assert "怀疑有人" not in house.get("guan", "/staff/people").split("出了大事")[0]
    up_to = page.split('name="up_to"')[1].split('value="')[1].split('"')[0]
    assert house.post("lu", "/staff/people/by-command", up_to=up_to).status_code == 303
    assert TOLD not in house.get("lu", "/staff/cases")


def test_links_that_need_no_word_are_good_for_nothing_more(house: Staffing) -> None:
    post = ("--unit", "MZ", "--role", "officer")
    added = house.deployment.run("staff", "add", "xin", "--display", "新同志", *post)
    assert added.exit_code == 0, added.output
    link = "/staff/enrol/" + added.stdout.split("/staff/enrol/")[1].strip()
    opened = house.deployment.staff.test_client().get(link)
    assert 'name="password"' in opened.text
    house.post("guan", PATH, why="leak", once="a" * 32)
    shut = house.deployment.staff.test_client().get(link)
    assert 'name="password"' not in shut.text


@pytest.mark.parametrize("by", ["lu", "chen", "min", "ji", "shen"])
def test_nobody_else_does_it(house: Staffing, by: str) -> None:
    house.get(by, PATH, 404)
    assert house.post(by, PATH, why="leak", once="a" * 32).status_code == 404
    assert events(house) == []


def test_the_command_line_does_it_too_and_is_told_of(house: Staffing) -> None:
    there = house.deployment.officer("min")
    assert house.deployment.run("staff", "sign-out-everybody").exit_code == 2
    assert house.deployment.run("staff", "sign-out-everybody", "--why", "fun").exit_code == 2
    done = house.deployment.run("staff", "sign-out-everybody", "--why", "machine")
    assert done.exit_code == 0, done.output
    assert there.get("/staff/account").status_code == 303
    with house.deployment.database.reading() as session:
        assert session.scalars(select(StaffSession)).all() == []
    assert events(house) == [(None, "machine")]
    assert "命令行" in house.get("lu", "/staff/people")
