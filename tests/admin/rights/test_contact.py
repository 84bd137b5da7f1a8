"""Reading a request about one's own information leaves a trace, and how whoever asked can be
reached is opened with a reason."""

from __future__ import annotations

from datetime import timedelta

from portal.foundation import clock
from tests.admin.conftest import NOON
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


def test_reading_what_is_about_no_case_is_an_event_too(house_on_each: House) -> None:
    """Once for a person, a request and a day; the list shows no words."""
    house = house_on_each
    (number, _), (other, _) = asked(house), asked(house)
    house.get("chen", LIST)
    assert events(house, "rights_read") == []
    for name in ("chen", "chen", "lu"):
        house.get(name, f"{LIST}/{number}")
    house.get("ji", f"{LIST}/{number}", status=404)
    house.post("chen", f"{LIST}/{other}/contact", reason="answer")
    with house.deployment.database.reading() as session:
        chen, lu = (house.deployment.staff_id(session, name) for name in ("chen", "lu"))
    read = [(one.staff_id, one.facts["request"]) for one in events(house, "rights_read")]
    assert read == [(chen, number), (lu, number), (chen, other)]
    assert "看内容" in house.get("shen", "/staff/events?act=read")
    with clock.stopped_at(NOON + timedelta(days=1)):
        house.browsers.clear()
        house.get("chen", f"{LIST}/{number}")
    house.browsers.clear()
    assert len(events(house, "rights_read")) == 4


def test_what_is_about_a_case_is_read_as_that_is(house: House) -> None:
    number, _ = asked_on_own_page(house)
    house.get("chen", LIST)
    assert events(house, "words_read") == []
    house.get("chen", f"{LIST}/{number}")
    house.get("chen", f"{LIST}/{number}")
    [event] = events(house, "words_read")
    assert event.case_id == newest(house).case_id
