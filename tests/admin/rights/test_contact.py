"""Reading a request about one's own information leaves a trace, and how whoever asked can be
reached is opened with a reason."""

from __future__ import annotations

from tests.admin.house import House
from tests.admin.rights.test_rights import LIST, acts, asked, asked_on_own_page, events, newest

PHONE = "13900001234"


def test_how_he_is_reached_opens_with_a_reason_and_an_event(house: House) -> None:
    number, _ = asked(house, contact=f"王秀英，{PHONE}")
    path = f"{LIST}/{number}"
    assert PHONE not in house.get("chen", path)
    assert acts(house, number, "chen", "contact") == 422
    assert acts(house, number, "chen", "contact", reason="curious") == 422
    assert acts(house, number, "ji", "contact", reason="answer") == 404
    assert events(house, "rights_contact_opened") == []

    assert PHONE in house.post("chen", f"{path}/contact", reason="answer").text
    assert PHONE not in house.get("chen", path)
    [event] = events(house, "rights_contact_opened")
    assert event.facts == {"request": number, "reason": "answer"}
    assert event.staff_id is not None


def test_what_is_about_a_case_is_read_as_that_is(house: House) -> None:
    number, _ = asked_on_own_page(house)
    house.get("chen", LIST)
    assert events(house, "words_read") == []
    house.get("chen", f"{LIST}/{number}")
    house.get("chen", f"{LIST}/{number}")
    [event] = events(house, "words_read")
    assert event.case_id == newest(house).case_id
