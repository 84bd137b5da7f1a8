"""What the office alone ties to a problem: referrals and further cases. Its unit can't tell."""

from __future__ import annotations

from portal.foundation.staff import Role
from tests.admin.annexes.sheets import sheet
from tests.admin.house import House
from tests.admin.ledger.test_entering import CHECKED

REFERRED = {
    "version": "0",
    "body": "JW",
    "referred_on": "2022-06-02",
    "disciplinary": "2",
    "heard": "已立案，等结论。",
}


def test_a_unit_cant_tell_that_its_problem_was_referred(house: House) -> None:
    number = house.problem(house.answered_case())
    pages = (f"/staff/problems/{number}", f"/staff/problems/{number}/measures", "/staff/problems")
    before = [house.get("min", page) for page in pages]
    at = f"/staff/problems/{number}/referral"
    assert house.browser("min").get(at).status_code == 404
    assert house.post("min", at, **REFERRED).status_code == 404
    assert house.post("chen", at, **REFERRED).status_code == 303
    assert [house.get("min", page) for page in pages] == before
    assert "移送区纪委监委" in house.get("lu", f"/staff/problems/{number}")
    assert "已立案，等结论。" in house.get("lu", at)
    late = house.post("lu", at, **{**REFERRED, "heard": "另一个人写的"})
    assert late.status_code == 409
    assert "另一个人写的" in late.text
    wrong = {**REFERRED, "version": "1", "body": "MZ"}
    assert house.post("lu", at, **wrong).status_code == 422
    assert house.post("lu", at, **{**REFERRED, "version": "1"}).status_code == 303


def test_several_cases_feed_one_problem(house: House) -> None:
    number = house.problem(house.answered_case())
    before = house.get("min", f"/staff/problems/{number}")
    further = house.answered_case(words="我们这栋楼也有三户没有领到高龄津贴，请查一查")
    raw = house.case(words="还没有人办的一件，不能并进台账里面去")
    at = f"/staff/problems/{number}/cases"
    house.get("chen", at)
    for wrong, why in ((raw, "还没有查实"), ("JH00000000", "没有这件来件")):
        answer = house.post("chen", at, version="0", case_number=wrong)
        assert answer.status_code == 422
        assert why in answer.text
    assert house.post("chen", at, version="0", case_number=further.lower()).status_code == 303
    assert f"来件{further}" in house.get("chen", f"/staff/problems/{number}")
    assert house.get("min", f"/staff/problems/{number}") == before
    again = house.post("chen", at, version="0", case_number=further)
    assert "已经并在这个问题里了" in again.text


def test_who_serves_the_unit_as_well_reads_and_decides_nothing_for_the_office(
    house: House,
) -> None:
    house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), ("MZ", Role.OFFICER))
    number = house.problem(house.answered_case())
    assert house.post("chen", f"/staff/problems/{number}/referral", **REFERRED).status_code == 303
    page = house.get("shuang", f"/staff/problems/{number}")
    for kept in ("移送区纪委监委", "写移送的进展", "仅办公室可见", "并入来件", "carry-over"):
        assert kept not in page
    for path in ("referral", "cases"):
        at = f"/staff/problems/{number}/{path}"
        assert house.browser("shuang").get(at).status_code == 404
        assert house.post("shuang", at, **REFERRED).status_code == 404
    sent = {"version": "1", "day": "2022-09-01", "reason": "等一等"}
    at = f"/staff/problems/{number}/carry-over"
    assert house.post("shuang", at, **sent).status_code == 409
    assert house.browser("shuang").get(f"/staff/publishing/new?problem={number}").status_code == 404
    assert "是否移送" not in sheet(house, "shuang", "problems").head
    assert "是否移送" in sheet(house, "chen", "problems").head


def test_pressing_twice_enters_once(house: House) -> None:
    sent = {**CHECKED, "once": "a" * 32}
    first = house.post("jie", "/staff/problems/own-check", **sent)
    second = house.post("jie", "/staff/problems/own-check", **sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert "共发现1个" in house.get("jie", "/staff/problems?done=once")
