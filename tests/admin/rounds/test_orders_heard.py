"""A unit hears what a round told it to do, once, and no other unit does."""

from __future__ import annotations

from admin.rounds.waiting import brings_work
from portal.foundation import clock
from tests.admin.hearing import hear, joins, reads
from tests.admin.house import House
from tests.admin.returns.test_returns import day
from tests.admin.rounds.test_rounds import ordered, visited


def test_a_unit_hears_of_an_order_and_that_its_report_was_sent_back(house_on_each: House) -> None:
    house = house_on_each
    visited(house)
    assert hear(house, brings_work) == set(), "that it was visited tells it nothing to do"
    _, order = ordered(house)
    assert hear(house, brings_work) == {"min", "zheng"}
    assert hear(house, brings_work, since=clock.now()) == set()
    assert reads(house, "min", "督导交代的事有1件没报，最早的6月20日前要报。")
    assert not any(reads(house, name, "督导交代") for name in ("jie", "tui", "chen"))
    assert house.post("min", f"{order}/report", version="1", text="补齐了").status_code == 303
    assert hear(house, brings_work) == set()
    assert not reads(house, "min", "督导交代")
    with day(house, "06-07T10"):
        back = {"version": "2", "text": "还差两张回单"}
        assert house.post("lu", f"{order}/send-back", **back).status_code == 303
        assert hear(house, brings_work) == {"min", "zheng"}
        assert reads(house, "zheng", "6月20日前要报。退回再办的1件。")
    with day(house, "06-21T10"):
        assert reads(house, "min", "督导交代的事有1件没报，最早的过了6月20日。")


def test_who_gave_an_order_to_a_unit_that_he_serves_now_is_told_nothing_new(house: House) -> None:
    ordered(house)
    for name in ("chen", "lu"):
        joins(house, name, "MZ")
    assert hear(house, brings_work) == {"min", "zheng", "lu"}
