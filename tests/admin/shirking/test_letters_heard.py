"""A unit hears of a letter when the head has sent it, once, and no other unit does."""

from __future__ import annotations

from datetime import timedelta

from admin.shirking.waiting import brings_work
from portal.foundation import clock
from tests.admin.hearing import hear, joins, reads
from tests.admin.house import House
from tests.admin.returns.test_returns import day
from tests.admin.shirking.test_shirking import LETTER, drafted


def test_a_unit_hears_of_a_letter_that_was_sent_until_it_has_answered(
    house_on_each: House,
) -> None:
    house = house_on_each
    noon = clock.now()
    before = house.get("min", "/staff/cases")
    at = drafted(house)
    assert hear(house, brings_work) == set()
    assert house.get("min", "/staff/cases") == before
    assert house.post("lu", f"{at}/send", version="1").status_code == 303
    for name in ("chen", "lu"):
        joins(house, name, "MZ")
    assert hear(house, brings_work) == {"min", "zheng", "chen"}, "who sent it knows of it"
    assert hear(house, brings_work, since=clock.now()) == set()
    assert reads(house, "min", "提醒函1封等你们回复，最早的6月20日前要回。")
    assert not any(reads(house, name, "提醒函1封") for name in ("jie", "tui"))
    with day(house, "06-21T10"):
        assert reads(house, "min", "提醒函1封没有回复，最早的过了6月20日。")
        assert house.post("min", f"{at}/answer", version="2", text="已补").status_code == 303
        assert hear(house, brings_work, since=noon - timedelta(hours=1)) == set()
        assert not reads(house, "zheng", "提醒函1封")


def test_whom_the_letters_page_doesnt_let_in_hears_of_none(house: House) -> None:
    answer = house.post("chen", "/staff/letters/new/JW", **LETTER)
    at = answer.location.split("?")[0]
    assert house.post("lu", f"{at}/send", version="1").status_code == 303
    assert house.browser("ji").get(at).status_code == 404
    assert hear(house, brings_work) == set()
    assert not reads(house, "ji", "提醒函")
