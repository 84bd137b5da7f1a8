"""From which day a change holds: today's, one of the past, one that lies ahead."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from admin.policies.in_force import let_policies_hold
from portal.foundation import clock
from tests.admin.policies.desk import Desk

JULY_1 = datetime(2022, 6, 30, 16, 30, tzinfo=UTC)
JUNE_30 = datetime(2022, 6, 30, 15, 30, tzinfo=UTC)


def test_what_holds_later_comes_on_its_day(desk_on_each_database: Desk) -> None:
    desk = desk_on_each_database
    before = desk.policy().standard
    database = desk.house.deployment.database
    desk.released(standard="每月100元。", holds_from="2022-07-01")
    assert desk.policy().standard == before
    page = desk.public("/policies/MZ11")
    assert "2022年7月1日起有变化" in page
    assert "每月100元。" in desk.public("/policies/MZ11?on=2022-07-01")
    # What is changed meanwhile isn't taken back by it.
    desk.released(standard="每月80元。", payment="每季打一次")
    with clock.stopped_at(JUNE_30):
        assert let_policies_hold(database) == 0
    assert desk.policy().standard == "每月80元。"
    with clock.stopped_at(JULY_1):
        revision = desk.revision
        assert let_policies_hold(database) == 1
        assert let_policies_hold(database) == 0
        assert desk.revision == revision + 1
        policy = desk.policy()
        assert (policy.standard, policy.payment) == ("每月100元。", "每季打一次")
        assert "2022年7月1日起有变化" not in desk.public("/policies/MZ11")
        assert "每月80元。" in desk.public("/policies/MZ11?on=2022-06-30")
    assert desk.events("policy_in_force") == [{"policy": "MZ11", "version": 2}]


def test_what_was_released_for_later_can_be_taken_back(desk: Desk) -> None:
    before = desk.policy().standard
    desk.released(standard="每月100元。", holds_from="2022-07-01")
    assert "/MZ11/edit?day=2022-07-01" in desk.get()
    page = desk.get("/MZ11/edit?day=2022-07-01")
    assert "每月100元。" in page
    # Whoever changes something else of that day doesn't touch it.
    desk.released(payment="每季打一次", holds_from="2022-07-01")
    wrong = desk.edit("MZ11", "?day=2022-07-01", standard=before, holds_from="2022-07-02")
    assert (wrong.status_code, "日子不能变" in wrong.text) == (422, True)
    again = {"standard": before, "holds_from": "2022-07-01", "note": "不涨了。"}
    key = desk.drafted("MZ11", "?day=2022-07-01", **again)
    assert "比的是2022年7月1日起的规定" in desk.get(f"/drafts/{key}", "shi")
    assert desk.release(key).status_code == 303
    with clock.stopped_at(JULY_1):
        let_policies_hold(desk.house.deployment.database)
        assert (desk.policy().standard, desk.policy().payment) == (before, "每季打一次")


def test_a_day_of_the_past_can_t_reach_behind_a_later_rule(desk: Desk) -> None:
    desk.released(standard="每月100元。", holds_from="2022-03-01")
    answer = desk.edit("MZ11", standard="每月90元。", holds_from="2022-02-01")
    assert answer.status_code == 422
    assert "从2022年3月1日起已经改过一次" in answer.text
    desk.released(payment="每季打一次", holds_from="2022-02-01")
    assert "每季打一次" in desk.public("/policies/MZ11?on=2022-02-01")
    assert "每月100元。" not in facts(desk.public("/policies/MZ11?on=2022-02-28"))
    assert "每月100元。" in facts(desk.public("/policies/MZ11?on=2022-03-01"))


def facts(page: str) -> str:
    """What the page tells as the rule, without the list of versions."""
    return page.split('<dl class="facts">')[1].split("</dl>")[0]


def test_a_name_that_is_given_for_later_is_taken(desk: Desk) -> None:
    desk.released(name="老年人津贴", holds_from="2022-07-01")
    answer = desk.edit("MZ12", name="老年人津贴")
    assert (answer.status_code, "已经有一项叫“老年人津贴”" in answer.text) == (422, True)


def test_a_year_shows_what_held_then(desk: Desk) -> None:
    old = desk.policy().standard
    desk.released(name="老年人高龄津贴", standard="每月100元。", holds_from="2022-01-01")
    assert "老年人高龄津贴" in desk.public("/policies")
    listed = desk.public("/policies?year=2021")
    assert "老年人高龄津贴" not in listed
    assert 'href="/policies/MZ11?year=2021">高龄津贴</a>' in listed
    page = desk.public("/policies/MZ11?year=2021")
    assert "这是2021年12月31日的规定，不是现在的。" in page
    assert old in facts(page)
    assert "每月100元。" not in facts(page)
    assert 'href="/policies/MZ11">看现在的老年人高龄津贴' in page
    assert "每月100元。" in facts(desk.public("/policies/MZ11?year=2022"))
    assert "不是现在的" not in desk.public("/policies/MZ11?year=2022")


def test_only_years_with_another_text_are_offered(desk: Desk) -> None:
    def offered(code: str) -> list[str]:
        return re.findall(r'href="/policies/\w+\?year=(\d+)"', desk.public(f"/policies/{code}"))

    assert offered("MZ11") == []
    desk.released("MZ11", standard="每月90元。", holds_from="2020-03-01")
    # What it said before lies before the years that are told of.
    assert offered("MZ11") == []
    desk.released("MZ11", standard="每月100元。", holds_from="2022-01-01")
    assert offered("MZ11") == ["2020"]
    assert "每月90元。" in facts(desk.public("/policies/MZ11?year=2020"))
    # Nobody knows since when the first text held: its last year is offered.
    desk.released("MZ12", standard="每月500元。", holds_from="2022-01-01")
    assert offered("MZ12") == ["2021"]


@pytest.mark.parametrize("odd", ["on=x", "on=0001-01-01", "on=9999-12-31", "year=1", "year=x"])
def test_an_odd_day_asks_for_nothing(desk: Desk, odd: str) -> None:
    assert "不是现在的" not in desk.public(f"/policies/MZ11?{odd}")
