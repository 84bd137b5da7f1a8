"""What doesn't end with a strike-off: carried over, unfounded, reopened, figures set anew."""

from __future__ import annotations

import pytest

from tests.admin.house import PLANNED, House


def step(house: House, name: str, number: str, path: str, **typed: str) -> int:
    """Take a step by its form, on the version that stands."""
    at = f"/staff/problems/{number}/{path}"
    house.get(name, at)
    return house.post(name, at, version=str(house.version(number)), **typed).status_code


def test_what_cant_be_put_right_yet_is_carried_over_and_taken_up_again(house: House) -> None:
    number = house.problem(house.answered_case())
    refused = house.post(
        "lu",
        f"/staff/problems/{number}/carry-over",
        version="1",
        day="2022-06-06",
        reason="等市里定标准",
    )
    assert refused.status_code == 422
    assert "要写今天以后的日子" in refused.text
    assert "等市里定标准" in refused.text
    typed = {"day": "2022-09-01", "reason": "等市里定标准"}
    assert step(house, "lu", number, "carry-over", **typed) == 303
    assert house.state(number) == "carried_over"
    page = house.get("min", f"/staff/problems/{number}")
    assert "9月1日" in page
    assert "等市里定标准" in page
    assert number in house.get("lu", "/staff/problems?state=carried_over")
    assert house.browser("min").get(f"/staff/problems/{number}/measures").status_code == 409
    assert step(house, "zheng", number, "resume", day="2022-10-01", reason="标准定了") == 303
    assert house.state(number) == "rectifying"


def test_who_entered_a_problem_doesnt_find_it_unfounded(house: House) -> None:
    number = house.problem(house.answered_case(), by="chen")
    sent = {"version": "1", "reason": "查了账，没有漏发"}
    at = f"/staff/problems/{number}/unfounded"
    for name in ("chen", "min", "zheng"):
        assert house.post(name, at, **sent).status_code == 409
    assert house.post("lu", at, **sent).status_code == 303
    assert house.state(number) == "unfounded"
    found = house.get("chen", "/staff/problems")
    assert "共发现1个 ＝ 已销号0个 ＋ 在改0个 ＋ 挂账0个 ＋ 不属实1个" in found
    typed = {"day": "2022-08-01", "reason": "又查到两笔"}
    assert step(house, "chen", number, "look-again", **typed) == 303
    assert house.state(number) == "found"


def test_what_was_struck_off_is_reopened_under_its_number_and_needs_a_new_measure(
    house: House,
) -> None:
    number = house.problem(house.answered_case())
    house.rectify(number)
    house.strike_off(number)
    assert step(house, "chen", number, "reopen", day="2022-08-01", reason="还漏两户") == 303
    assert house.state(number) == "rectifying"
    assert step_refused(house, "zheng", number, "rectified", word="早改好了")
    assert step(house, "min", number, "measures", text="补两户", **PLANNED) == 303
    typed = {"done_on": "2022-06-06", "evidence": "回单两张"}
    assert step(house, "min", number, "measures/2", **typed) == 303
    assert step(house, "zheng", number, "rectified", word="补齐了") == 303
    assert step(house, "lu", number, "strike-off", opinion="看过回单") == 303
    assert "还漏两户" in house.get("min", f"/staff/problems/{number}")


def step_refused(house: House, name: str, number: str, path: str, **typed: str) -> bool:
    """Whether a step that the table allows is refused for what is missing."""
    at = f"/staff/problems/{number}/{path}"
    sent = {"version": str(house.version(number)), **typed}
    answer = house.post(name, at, **sent)
    assert all(text in answer.text for text in typed.values())
    return answer.status_code == 409


def test_figures_are_set_anew_and_what_stood_there_stays_readable(house: House) -> None:
    number = house.problem(house.answered_case(), persons=8)
    same = {"problem_type": "1.2", "rectify_by": "2022-09-30", "persons": "8", "reason": "核了"}
    at = f"/staff/problems/{number}/change"
    answer = house.post("chen", at, version="1", **same)
    assert answer.status_code == 422
    assert "没有改什么" in answer.text
    changed = {**same, "persons": "11", "amount": "3300"}
    assert step(house, "chen", number, "change", **changed) == 303
    page = house.get("min", f"/staff/problems/{number}")
    assert "涉及人数：8改成11" in page
    assert "涉及金额：没写改成3,300.00元" in page
    assert house.browser("min").get(at).status_code == 409


@pytest.mark.parametrize("path", ["carry-over", "unfounded", "change", "reopen", "look-again"])
def test_what_the_office_decides_nobody_else_does(house: House, path: str) -> None:
    number = house.problem(house.answered_case())
    typed = {"version": "1", "reason": "x", "day": "2022-09-01", "problem_type": "1.3"}
    sent = {**typed, "rectify_by": "2022-09-01"}
    assert house.post("zheng", f"/staff/problems/{number}/{path}", **sent).status_code == 409
    assert house.post("tui", f"/staff/problems/{number}/{path}", **sent).status_code == 404
    assert house.state(number) == "found"
