"""What shirking shows by: every number is as long as its list; letters that the head sends."""

from __future__ import annotations

import re
from datetime import date

from admin.figures.counting import count_milestones
from portal.campaign.kinds import Kind
from portal.foundation.staff import Role
from tests.admin.house import House

ACCUSES = "民意街道办事处的人把老人的高龄津贴扣下来分了，我亲眼看见的"
LETTER = {
    "version": "",
    "kind": "reminder",
    "text": "三件超期，请说明原因。",
    "answer_by": "2022-06-20",
    "talk_on": "",
}


def drafted(house: House, **changed: str) -> str:
    """A letter that the office drafted to the civil affairs bureau; returns its address."""
    answer = house.post("chen", "/staff/letters/new/MZ", **{**LETTER, **changed})
    assert answer.status_code == 303, answer.text
    found = re.search(r"/staff/letters/\w+", answer.location)
    assert found is not None
    return found[0]


def numbers(page: str) -> dict[str, int]:
    """The numbers of a page by the addresses of their lists."""
    found = re.findall(r'href="(/staff/shirking/[^"]*)">(\d+)<', page)
    return {address.replace("&amp;", "&"): int(number) for address, number in found}


def test_every_number_is_as_long_as_its_list(house: House) -> None:
    house.problem(house.answered_case(), rectify_by=date(2022, 6, 1))
    accusing = house.case(kind=Kind.TIP_OFF, problem="3.3", words=ACCUSES, accused="区民政局")
    count_milestones(house.deployment.database)
    page = house.get("chen", "/staff/shirking")
    found = numbers(page)
    assert any("/MZ/problems-late" in address for address in found)
    for address, number in found.items():
        assert f"一共{number}个" in house.get("chen", address)
    assert accusing not in page
    for name in ("min", "zheng", "tui"):
        assert house.browser(name).get("/staff/shirking").status_code == 404
    assert house.browser("chen").get("/staff/shirking/MZ/none").status_code == 404
    wrong = house.browser("chen").get("/staff/shirking?first=2022-06-06&last=2022-06-01")
    assert wrong.status_code == 422


def test_a_letter_begins_with_what_the_unit_may_be_told(house: House) -> None:
    house.problem(house.answered_case(), rectify_by=date(2022, 6, 1))
    page = house.get("chen", "/staff/letters/new/MZ")
    assert "过了整改时限的问题1个" in page
    assert house.browser("chen").get("/staff/letters/new/QZF").status_code == 404


def test_a_unit_reads_a_letter_when_the_head_has_sent_it(house: House) -> None:
    before = {name: house.get(name, "/staff/letters") for name in ("min", "tui")}
    at = drafted(house)
    assert {name: house.get(name, "/staff/letters") for name in before} == before
    assert house.browser("min").get(at).status_code == 404
    assert "等签发" in house.get("chen", "/staff/office")
    # Who isn't the head doesn't send it.
    assert "签发，发给单位" not in house.get("chen", at)
    assert house.post("chen", f"{at}/send", version="1").status_code == 409
    changed = {**LETTER, "version": "1", "text": "三件超期、两件退错，请说明原因。"}
    house.get("chen", f"{at}/change")
    assert house.post("chen", f"{at}/change", **changed).status_code == 303
    assert house.post("lu", f"{at}/send", version="1").status_code == 409
    assert house.post("lu", f"{at}/send", version="2").status_code == 303
    assert "三件超期、两件退错" in house.get("min", at)
    assert house.get("tui", "/staff/letters") == before["tui"]
    assert house.browser("tui").get(at).status_code == 404
    assert house.browser("chen").get(f"{at}/change").status_code == 404
    assert house.post("min", f"{at}/answer", version="3", text=" ").status_code == 422
    assert house.post("min", f"{at}/answer", version="3", text="人手不够，已补").status_code == 303
    assert house.post("min", f"{at}/close", version="4", text="好了").status_code == 409
    assert house.post("chen", f"{at}/close", version="4", text="改好了").status_code == 303
    assert "改好了" in house.get("zheng", at)


def test_a_summons_needs_its_day_and_a_late_answer_is_seen(house: House) -> None:
    house.deployment.add_staff("fu", ("BGS", Role.OFFICE_HEAD))
    refused = house.post("chen", "/staff/letters/new/MZ", **{**LETTER, "kind": "summons"})
    assert refused.status_code == 422
    assert "三件超期，请说明原因。" in refused.text
    at = drafted(house, kind="summons", talk_on="2022-06-15", answer_by="2022-06-14")
    assert "约谈通知" in house.get("fu", at)
    assert house.post("fu", f"{at}/send", version="1").status_code == 303
    assert "6月15日" in house.get("min", at)
    dropped = drafted(house, text="另一封")
    assert house.post("chen", f"{dropped}/drop", version="1").status_code == 303
    assert "另一封" not in house.get("chen", "/staff/letters")
