"""Problems that no case brought: a unit's own checks, and what the office was told."""

from __future__ import annotations

import re
from datetime import date

import pytest

from admin.ledger import rectifying
from admin.ledger.rectifying import PlannedMeasure
from admin.ledger.refusals import NeedsText
from tests.admin.house import FOUND, PLANNED, House

CHECKED = {
    "found_by": "ST05",
    "what_is_wrong": "12户高龄津贴晚发两个月。",
    "unit": "ST05",
    "problem_type": "1.2",
    "policy": "MZ11",
    "place": "",
    "persons": "12",
    "rectify_by": "2022-07-15",
    "measure": "逐户核对账号，补发",
    "person": "何经办",
    "due_on": "2022-06-20",
}


def number_of(location: str) -> str:
    """The number of the problem that a form led to."""
    found = re.search(r"/problems/(\w+)\?done=new", location)
    assert found is not None
    return found[1]


def test_a_street_enters_what_it_found_and_the_department_in_charge_reads_it(
    house: House,
) -> None:
    others = house.get("tui", "/staff/problems")
    house.get("jie", "/staff/problems/own-check")
    answer = house.post("jie", "/staff/problems/own-check", **CHECKED)
    assert answer.status_code == 303, answer.text
    number = number_of(answer.location)
    for name in ("jie", "tou", "min", "chen"):
        page = house.get(name, f"/staff/problems/{number}")
        assert "自查发现" in page
        assert "12户高龄津贴晚发两个月。" in page
        assert "何经办负责" in page
        assert number in house.get(name, "/staff/problems")
    assert house.state(number) == "rectifying"
    assert house.get("tui", "/staff/problems") == others
    assert house.browser("tui").get(f"/staff/problems/{number}").status_code == 404
    # Who sums it up doesn't put it right.
    assert house.browser("min").get(f"/staff/problems/{number}/measures").status_code == 409


def test_a_unit_enters_nothing_about_units_beside_it(house: House) -> None:
    for wrong in ({"unit": "ST06"}, {"unit": "MZ"}, {"found_by": "ST06"}, {"found_by": "MZ"}):
        answer = house.post("jie", "/staff/problems/own-check", **{**CHECKED, **wrong})
        assert answer.status_code == 422
        assert "12户高龄津贴晚发两个月。" in answer.text
    # A department leads a line: it finds things in the streets.
    led = {**CHECKED, "found_by": "MZ", "unit": "ST06"}
    answer = house.post("min", "/staff/problems/own-check", **led)
    assert answer.status_code == 422
    assert "措施由整改的单位自己记" in answer.text
    answer = house.post(
        "min", "/staff/problems/own-check", **{**led, "measure": "", "person": "", "due_on": ""}
    )
    assert answer.status_code == 303
    number = number_of(answer.location)
    assert house.browser("jie").get(f"/staff/problems/{number}").status_code == 404


def test_a_measure_has_its_person_and_its_day(house: House) -> None:
    at = "/staff/problems/own-check"
    for wrong, told in (
        ({"person": " "}, "请写措施谁负责"),
        ({"due_on": ""}, "请写措施最迟哪天做完"),
        ({"due_on": "月底"}, "日期要这样写"),
        ({"measure": "", "due_on": ""}, "没有写措施"),
    ):
        answer = house.post("jie", at, **{**CHECKED, **wrong})
        assert (answer.status_code, told in answer.text) == (422, True), told
        assert "12户高龄津贴晚发两个月。" in answer.text
    without = {**CHECKED, "measure": "", "person": "", "due_on": ""}
    number = number_of(house.post("jie", at, **without).location)
    step = f"/staff/problems/{number}/measures"
    for wrong, told in (({"person": ""}, "请写谁负责"), ({"due_on": ""}, "请写最迟哪天做完")):
        typed = {"version": str(house.version(number)), "text": "补发", **PLANNED, **wrong}
        answer = house.post("jie", step, **typed)
        assert (answer.status_code, told in answer.text) == (422, True), told
    assert house.state(number) == "found"


def test_nobody_s_measure_is_none_and_older_ones_are_named(house_on_each: House) -> None:
    house = house_on_each
    number = house.problem(house.answered_case())
    with house.deployment.database.writing() as session:
        problem = house.find(session, number)
        by = house.hand(session, "min", problem.version)
        nobodys = PlannedMeasure(text="补发", person=" ", due_on=date(2022, 6, 30))
        with pytest.raises(NeedsText):
            rectifying.record_measure(session, problem, by=by, planned=nobodys)
        session.rollback()
    house.rectify(number)
    assert "没有写全" not in house.get("lu", f"/staff/problems/{number}")
    with house.deployment.database.writing() as session:
        rectifying.measures_of(session, house.find(session, number))[0].due_on = None
    assert "最迟哪天做完（第1项没有写全）" in house.get("lu", f"/staff/problems/{number}")
    house.strike_off(number)


def test_the_office_enters_what_audit_or_the_press_said(house: House) -> None:
    told = {**CHECKED, "source": "audit", "unit": "MZ", "what_is_wrong": FOUND}
    house.get("chen", "/staff/problems/from-outside")
    answer = house.post("chen", "/staff/problems/from-outside", **told)
    assert answer.status_code == 303, answer.text
    number = number_of(answer.location)
    assert "审计移送" in house.get("min", f"/staff/problems/{number}")
    assert house.browser("min").get("/staff/problems/from-outside").status_code == 404
    wrong = {**told, "source": "own_check"}
    assert house.post("chen", "/staff/problems/from-outside", **wrong).status_code == 422
    assert number in house.get("chen", "/staff/problems?source=audit")
    assert number not in house.get("chen", "/staff/problems?source=press")


def test_what_came_of_an_accusation_is_summed_up_by_no_department(house: House) -> None:
    case = house.answered_case(keep_from_unit=True, accused="民意街道办事处")
    number = house.problem(case, unit="ST05")
    assert house.browser("min").get(f"/staff/problems/{number}").status_code == 404
    assert "核查发现" in house.get("jie", f"/staff/problems/{number}")
