"""The list a page at a time, whole or one unit's, and coming back to where one was."""

from __future__ import annotations

import re

from tests.admin.policies.desk import Desk, typed_form

BOX = re.compile(r'name="policy" value="(\w+)"')


def test_the_list_is_turned_page_by_page_and_narrowed_to_a_unit(
    desk_of_each_campaign: Desk,
) -> None:
    desk = desk_of_each_campaign
    every = list(desk.book.policies.values())
    pages = [desk.get(f"?page={at}") for at in range(1, 1 + -(-len(every) // 20))]
    assert [code for page in pages for code in BOX.findall(page)] == [one.code for one in every]
    for odd in ("999", "x", "-1"):
        assert BOX.findall(desk.get(f"?page={odd}"))
    unit = every[-1].unit_code
    own = [one.code for one in every if one.unit_code == unit]
    page = desk.get(f"?unit={unit}")
    assert BOX.findall(page) == own[:20]
    assert f'<option value="{unit}" selected>' in page
    assert BOX.findall(desk.get("?unit=none")) == BOX.findall(pages[0])


def test_who_notes_that_he_checked_comes_back_to_the_same_place(desk: Desk) -> None:
    place = "?unit=MZ&page=1"
    page = desk.get(place)
    assert re.search(r'action="[^"]*/checked\?unit=MZ&amp;page=1"', page)
    seen = typed_form(page)["seen"]
    refused = desk.post(f"/checked{place}", seen="other", policy=["MZ11"])
    assert refused.status_code == 409
    assert re.search(r'value="MZ11" aria-label="[^"]*" checked', refused.text)
    assert set(BOX.findall(refused.text)) == set(BOX.findall(page))
    answer = desk.post(f"/checked{place}", seen=seen, policy=["MZ11"])
    assert (answer.status_code, answer.location.partition("?")[2]) == (
        303,
        "done=checked&unit=MZ&page=1",
    )
    assert "已记下今天核对过" in desk.get("?" + answer.location.partition("?")[2])
