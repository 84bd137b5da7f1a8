"""Reminding of requests about one's own information: before the date and once it is over, in office
hours, above the list of cases of whoever may answer."""

from __future__ import annotations

from datetime import datetime

from admin.rights.reminding import remind_of_requests
from portal.foundation import clock
from tests.admin.hearing import reads
from tests.admin.house import House
from tests.admin.rights.test_rights import asked_on_own_page, decides, events


def reminds(house: House, when: str) -> int:
    """Let the worker look, as one of its rounds does."""
    with clock.stopped_at(datetime.fromisoformat(f"{when}+08:00")):
        return remind_of_requests(house.deployment.database)


def test_before_the_date_and_after_it_once_each(house_on_each: House) -> None:
    house = house_on_each
    number, _ = asked_on_own_page(house)
    over, _ = asked_on_own_page(house, about="我家的低保没有发")
    assert decides(house, over) == 303
    assert reminds(house, "2022-06-21T10:00") == 0, "due on the 27th, four days are left"
    assert not reads(house, "chen", "个人信息请求")
    assert reminds(house, "2022-06-22T07:00") == 0, "office hours haven't begun"
    assert reminds(house, "2022-06-22T10:00") == 1
    assert reminds(house, "2022-06-23T10:00") == 0
    assert reminds(house, "2022-06-28T10:00") == 1
    assert reminds(house, "2022-06-29T10:00") == 0
    for name in ("rights_reminded", "rights_overdue"):
        [event] = events(house, name)
        assert event.facts == {"request": number, "due_on": "2022-06-27"}
    with clock.stopped_at(datetime.fromisoformat("2022-06-29T10:00+08:00")):
        house.browsers.clear()
        assert "1条过了期限" in house.get("chen", "/staff/cases")
        assert "个人信息请求超期" in house.get("lu", "/staff/office")
