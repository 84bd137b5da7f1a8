"""What the office alone ties to a problem: referrals and further cases. Its unit can't tell."""

from __future__ import annotations

from tests.admin.house import House

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
