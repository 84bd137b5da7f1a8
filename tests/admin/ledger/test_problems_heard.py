"""A unit hears of its problems and the office of what it has to decide, once, and nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from admin.ledger.waiting import brings_work
from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.admin.hearing import hear, joins, reads
from tests.admin.house import House
from tests.admin.ledger.test_entering import CHECKED
from tests.admin.ledger.test_other_ends import step
from tests.admin.returns.test_returns import day

ACCUSES = "民政局的人把老人的高龄津贴扣下来分了，我亲眼看见的"
UNIT = {"min", "zheng"}


def at(when: str) -> datetime:
    """An hour of 2022 in Shanghai."""
    return datetime.fromisoformat(f"2022-{when}:00:00+08:00")


def test_a_problem_is_heard_of_by_whoever_has_the_next_step(house_on_each: House) -> None:
    house = house_on_each
    number = house.problem(house.answered_case())
    assert hear(house, brings_work) == UNIT
    assert hear(house, brings_work, since=clock.now()) == set()
    assert reads(house, "min", "台账里你们要改的问题：还没记措施的1个。")
    assert not any(reads(house, name, "问题：") for name in ("tui", "jie", "chen", "ji"))
    house.rectify(number)
    joins(house, "chen", "TY")
    assert hear(house, brings_work) == {"lu"}, "chen entered it, and approves nothing of it"
    assert reads(house, "lu", "有1个问题等办公室销号。")
    assert not any(reads(house, name, "等办公室销号") for name in ("chen", "min", "tui"))
    joins(house, "lu", "MZ")
    assert hear(house, brings_work) == set(), "who serves the unit decides nothing about it"
    assert not reads(house, "lu", "等办公室销号")


def test_what_was_sent_back_is_heard_of_anew(house: House) -> None:
    number = house.problem(house.answered_case())
    house.rectify(number)
    with day(house, "06-07T10"):
        assert step(house, "lu", number, "send-back", reason="回单差2张") == 303
        assert hear(house, brings_work) == UNIT
        assert reads(house, "zheng", "退回再改的1个")
        assert step(house, "zheng", number, "rectified", word="回单补齐了") == 303
        assert not reads(house, "min", "退回再改")


def test_who_entered_a_problem_of_his_own_unit_hears_nothing_new(house: House) -> None:
    answer = house.post("jie", "/staff/problems/own-check", **CHECKED)
    assert answer.status_code == 303, answer.text
    assert hear(house, brings_work) == {"tou"}


def test_days_of_a_problem_are_heard_of_when_they_come(house_on_each: House) -> None:
    house = house_on_each
    house.problem(house.answered_case())
    with day(house, "09-23T09"):
        assert hear(house, brings_work, since=at("09-22T23")) == UNIT, "a week is left"
        assert hear(house, brings_work, since=at("09-23T08")) == set()
        assert reads(house, "min", "一周内到时限的1个")
    with day(house, "09-30T09"):
        assert hear(house, brings_work, since=at("09-23T10")) == set()
    with day(house, "10-01T09"):
        assert hear(house, brings_work, since=at("09-30T10")) == UNIT
        assert reads(house, "zheng", "过了时限的1个")


def test_the_office_hears_when_the_day_of_what_was_carried_over_has_come(house: House) -> None:
    number = house.problem(house.answered_case())
    typed = {"day": "2022-09-01", "reason": "等市里定标准"}
    assert step(house, "lu", number, "carry-over", **typed) == 303
    with day(house, "08-31T09"):
        assert hear(house, brings_work, since=at("08-30T09")) == set()
        assert not reads(house, "lu", "挂账")
    with day(house, "09-01T09"):
        assert hear(house, brings_work, since=at("08-31T09")) == {"chen", "lu"}
        assert hear(house, brings_work, since=at("09-01T08")) == set()
        assert reads(house, "lu", "有1个挂账的问题到了再看的日子。")
        assert not reads(house, "min", "挂账")


def test_an_accusation_makes_nothing_to_hear_of(house: House) -> None:
    house.problem(house.answered_case())
    before = house.get("min", "/staff/cases")
    moment = clock.now() + timedelta(minutes=1)
    with clock.stopped_at(moment):
        house.case(kind=Kind.TIP_OFF, problem="3.3", words=ACCUSES, accused="区民政局")
        assert hear(house, brings_work, since=moment - timedelta(seconds=1)) == set()
        assert house.get("min", "/staff/cases") == before
