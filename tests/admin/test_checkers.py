"""Staff of streets and communities who enter what they find (decision 60): problems, measures and
returns of their own unit, no case, and nothing of the street beside theirs."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from admin.accounts.access import visible
from admin.ledger import strike_off
from admin.ledger.refusals import StepNotAllowed
from intake.cases.case import Case
from portal.foundation.staff import Role
from tests.admin.annexes.sheets import sheet
from tests.admin.desk.people import UNCLEAR, Desks
from tests.admin.house import House
from tests.admin.ledger.test_entering import CHECKED, number_of
from tests.admin.returns.test_returns import OWN, day, fills, finds, rows, signs

ENTRY = "/staff/problems/own-check"
IN_COMMUNITY = {**CHECKED, "found_by": "CM0501", "place": ""}
CHECKERS = {"mo": "ST05", "she": "CM0501", "lin": "CM0502", "yuan": "ST06"}


@pytest.fixture
def street(house: House) -> House:
    """Checkers of a street, of two of its communities, and of the street beside it."""
    for name, unit in CHECKERS.items():
        house.deployment.add_staff(name, (unit, Role.CHECKER))
    return house


def enters(house: House, name: str, **typed: str) -> str:
    answer = house.post(name, ENTRY, **typed)
    assert answer.status_code == 303, answer.text
    return number_of(answer.location)


def test_a_checker_sees_no_case_of_his_street(street: House) -> None:
    desks = Desks(street.deployment)
    number = desks.case(UNCLEAR)
    assert desks.act("office", number, "sort", unit="ST05").status_code == 303
    assert number in street.get("jie", "/staff/cases")
    for name in CHECKERS:
        pages = ("", f"/{number}", f"/{number}/contact", "/search", "/assisting", "/verifications")
        for path in pages:
            assert street.browser(name).get(f"/staff/cases{path}").status_code == 404, path
        for path in ("figures", "supervisions", "follow-ups", "referrals", "recorded", "annexes"):
            assert street.browser(name).get(f"/staff/{path}").status_code == 404, path
        assert street.post(name, "/staff/cases/search", words=number).status_code == 404
        assert street.browser(name).get("/staff/").location.endswith("/staff/problems")
        assert number not in street.get(name, "/staff/problems")
        with street.deployment.database.reading() as session:
            access = street.access(session, name)
            assert session.scalar(select(func.count(Case.id)).where(visible(access))) == 0
            assert not access.openers


def test_what_a_community_found_is_put_right_by_its_street(street: House) -> None:
    others = {name: street.get(name, "/staff/problems") for name in ("lin", "yuan", "tui")}
    form = street.get("she", ENTRY)
    assert re.search(r'<option selected value="ST05">', form)
    assert re.search(r'<option selected value="\d+">舞台社区', form)
    number = enters(street, "she", **{**IN_COMMUNITY, "measure": "", "person": "", "due_on": ""})
    at = f"/staff/problems/{number}"
    for name in ("she", "mo", "jie", "tou", "min"):
        assert "12户高龄津贴晚发两个月。" in street.get(name, at)
    assert "舞台社区" in street.get("mo", at)

    seen = str(street.version(number))
    planned = {"text": "逐户补发", "person": "何社区", "due_on": "2022-06-30", "version": seen}
    assert street.post("she", f"{at}/measures", **planned).status_code == 303
    done = {"done_on": "2022-06-05", "evidence": "银行回单", "version": str(street.version(number))}
    assert street.post("mo", f"{at}/measures/1", **done).status_code == 303
    # Its head's word is his, and the office's steps are the office's.
    for name in ("she", "mo"):
        for step in ("rectified", "carry-over", "unfounded"):
            assert street.browser(name).get(f"{at}/{step}").status_code == 409, step
    assert street.get("tou", f"{at}/rectified")

    for name, before in others.items():
        assert street.get(name, "/staff/problems") == before
        assert street.browser(name).get(at).status_code == 404
        assert street.post(name, f"{at}/measures", **planned).status_code == 404


def test_what_others_found_in_a_street_isnt_its_communities_to_read(street: House) -> None:
    before = street.get("she", "/staff/problems")
    found = enters(street, "jie", **CHECKED)
    told = street.problem(street.answered_case(), unit="ST05")
    for number in (found, told):
        assert number in street.get("mo", "/staff/problems")
        assert street.get("mo", f"/staff/problems/{number}")
        assert street.browser("she").get(f"/staff/problems/{number}").status_code == 404
    assert street.get("she", "/staff/problems") == before


def test_a_checker_enters_for_his_own_unit_alone(street: House) -> None:
    for name, wrong in (
        ("she", {"found_by": "ST05"}),
        ("she", {"found_by": "CM0502"}),
        ("she", {"unit": "ST06"}),
        ("mo", {"found_by": "ST06"}),
        ("mo", {"found_by": "CM0501"}),
        ("yuan", {"unit": "ST05", "found_by": "ST06"}),
    ):
        own = IN_COMMUNITY if name == "she" else CHECKED
        assert street.post(name, ENTRY, **{**own, **wrong}).status_code == 422
    sheet = street.get("she", f"{ENTRY}/sheet")
    assert 'name="found_by" value="CM0501"' in sheet
    assert street.browser("mo").get("/staff/problems/from-outside").status_code == 404
    # A post elsewhere, however it came about, gives nothing.
    street.deployment.add_staff("cuo", ("MZ", Role.CHECKER))
    finds(street, "MZ", "min")
    assert "这里还没有问题" in street.get("cuo", "/staff/problems")


def test_a_street_s_return_is_filled_in_by_its_checker_and_signed_by_its_head(
    street: House,
) -> None:
    with day(street, "06-16T10"):
        enters(street, "she", **IN_COMMUNITY)
        told = re.compile(r"6月的月报还有\d份没报，6月20日前要报。")
        assert told.search(street.get("mo", "/staff/problems"))
        assert not told.search(street.get("she", "/staff/problems"))
        assert not told.search(street.get("jie", "/staff/problems")), "it stands above his cases"
        assert "月报" not in street.get("she", "/staff/problems")
        assert "总结" not in street.get("she", "/staff/problems")
        for name in ("she", "yuan"):
            for path in (OWN, f"{OWN}/fill", "/staff/returns/2022-06/ST05"):
                assert street.browser(name).get(path).status_code == 404, path
        assert "现在没有要报的" in street.get("she", "/staff/returns")
        assert "报区民政局" in street.get("mo", "/staff/returns")
        assert fills(street, "mo", nil="y").status_code == 422, "the community found something"
        assert fills(street, "mo", remark="都查过了").status_code == 303
        assert street.post("mo", f"{OWN}/sign", edition="1").status_code == 404
        assert street.post("mo", f"{OWN}/accept", edition="1").status_code == 404
        assert street.browser("mo").get("/staff/returns/came").status_code == 404
        assert signs(street) == 303
        assert "都查过了" in street.get("mo", OWN)
        (frozen,) = rows(street)
        assert len(frozen.said.own.found) == 1


def test_the_head_of_a_unit_with_a_checker_fills_nothing_in(street: House) -> None:
    street.deployment.add_staff("wan-mo", ("ST07", Role.CHECKER))
    street.deployment.add_staff("wan-tou", ("ST07", Role.HEAD))
    at = "/staff/returns/2022-06/ST07/MZ"
    with day(street, "06-16T10"):
        assert street.browser("wan-tou").get(f"{at}/fill").status_code == 404
        assert fills(street, "wan-mo", at, nil="y").status_code == 303
        assert signs(street, "wan-tou", at) == 303


def test_who_checks_for_a_community_decides_nothing_of_it_for_the_office(street: House) -> None:
    """He is a checker and the office's head at once (decision 52)."""
    street.deployment.add_staff("liang", ("BGS", Role.OFFICE_HEAD), ("CM0501", Role.CHECKER))
    number = enters(street, "she", **IN_COMMUNITY)
    at = f"/staff/problems/{number}"
    street.get("liang", at)
    for step in ("carry-over", "unfounded"):
        assert street.browser("liang").get(f"{at}/{step}").status_code == 409
        assert street.browser("chen").get(f"{at}/{step}").status_code == 200
    with street.deployment.database.reading() as session:
        problem = street.find(session, number)
        by = street.hand(session, "liang", problem.version)
        with pytest.raises(StepNotAllowed):
            strike_off.send_back(session, problem, by=by, reason="再看看")


def test_an_officer_who_checks_elsewhere_opens_both_in_lists(street: House) -> None:
    street.deployment.add_staff("jian", ("TY", Role.OFFICER), ("ST05", Role.CHECKER))
    number = enters(street, "jie", **{**CHECKED, "policy": "", "problem_type": "3.3"})
    assert number in street.get("jian", "/staff/problems")
    assert number in {row["问题编号"] for row in sheet(street, "jian", "problems").rows}
