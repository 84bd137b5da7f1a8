"""Who is in charge: every policy has its unit, every problem its answer, and the banks theirs."""

from __future__ import annotations

import re
from datetime import date, timedelta

from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Actor, Responsibility
from portal.foundation import clock
from portal.pages.in_charge import InCharge
from tests.portal.pages.sites import Site


def row(unit: str, **cells: object) -> Responsibility:
    fields = {"valid_from": date(2022, 1, 1), "valid_to": None, "basis": "依据", **cells}
    return Responsibility(unit_code=unit, **fields)


def told(found: Book, **asked: str) -> list[tuple[str, str]]:
    return [(one.when, one.unit.code) for one in InCharge(found, date(2022, 6, 6)).of(**asked)]


def with_rows(found: Book, *rows: Responsibility) -> Book:
    return Book(**{**vars(found), "responsibilities": rows})


def test_every_unit_in_charge_can_be_reached(site: Site) -> None:
    some = site.some_policy
    for address in ("/responsibilities", f"/responsibilities?policy={some}", f"/policies/{some}"):
        page = site.text(address)
        named = [unit for unit in site.book.units.values() if f'tel:{unit.telephone}"' in page]
        assert named
        for unit in named:
            assert unit.hours in page, (address, unit.name)
            assert unit.address in page, (address, unit.name)


def test_who_doesn_t_know_whose_it_is_is_led_to_the_form(site: Site) -> None:
    some = site.some_policy
    for address in ("/responsibilities", "/policies", "/hotlines"):
        assert re.search(r"不知道归谁管？</h2>.*?/report", site.text(address), re.DOTALL), address
    for address in (f"/policies/{some}", f"/responsibilities?policy={some}"):
        page = site.text(address)
        assert "不知道归谁管" in page
        assert re.search(rf"/report/\w+\?policy={some}", page), address


def test_every_policy_has_a_unit_with_its_telephone(site: Site) -> None:
    page = site.text("/responsibilities")
    for policy in site.book.policies.values():
        (general,) = InCharge(site.book, clock.today()).of(policy=policy.code)
        own = site.text(f"/responsibilities?policy={policy.code}")
        assert general.unit.telephone in own
        assert f"/responsibilities?policy={policy.code}" in page


def test_every_problem_stands_in_plain_words_with_the_plan_folded(site: Site) -> None:
    for address in ("/responsibilities", f"/responsibilities?policy={site.some_policy}"):
        page = site.text(address)
        open_text = re.sub(r"<details>.*?</details>", "", page, flags=re.DOTALL)
        for problem in site.book.problem_types.values():
            assert problem.plain_text in open_text
            assert problem.plan_text in page
            assert problem.plan_text not in open_text


def test_what_a_bank_did_goes_to_the_coordinator(jianghan: Site) -> None:
    coordinator = jianghan.book.units["JRJ"]
    for problem in ("2.2", "2.3"):
        assert told(jianghan.book, problem=problem) == [("", "JRJ"), ("是单位做的", "BGS")]
        assert told(jianghan.book, policy="MZ11", problem=problem)[0] == ("", "JRJ")
    assert coordinator.telephone in jianghan.text("/responsibilities")


def test_without_a_coordinator_the_office_has_the_banks(caidian_book: Book) -> None:
    assert told(caidian_book, problem="2.2") == [("", "BGS")]
    # Several units that each want a card of their own are the office's matter, whoever did it.
    assert told(caidian_book, problem="2.1") == [("", "BGS")]
    assert told(caidian_book, policy="CL02", problem="2.1") == [("", "BGS")]


def test_a_row_holds_in_its_days_only(jianghan: Site) -> None:
    last = date(2022, 6, 5)
    found = with_rows(
        jianghan.book,
        row("MZ", policy_code="MZ11", valid_to=last),
        row("CL", policy_code="MZ11", valid_from=last + timedelta(days=1)),
    )
    assert [one.unit.code for one in InCharge(found, last).of(policy="MZ11")] == ["MZ"]
    assert told(found, policy="MZ11") == [("", "CL")]


def test_a_condition_is_told_only_where_it_changes_something(jianghan: Site) -> None:
    street = next(iter(jianghan.book.places.values()))
    found = with_rows(
        jianghan.book,
        row("MZ", policy_code="MZ11"),
        row("ST01", policy_code="MZ11", place_code=street.code),
        row("MZ", policy_code="MZ11", kind=Kind.PETITION),
        row("CL", policy_code="MZ11", actor=Actor.BANK, kind=Kind.PETITION),
        row("BGS", problem_code="1.1"),
    )
    assert told(found, policy="MZ11") == [
        ("", "MZ"),
        (f"在{street.name}", "ST01"),
        ("属于“正式提出请求”的，是银行做的", "CL"),
    ]
    # The problem goes before the policy, and before what holds for the policy somewhere.
    assert told(found, policy="MZ11", problem="1.1") == [("", "BGS")]


def test_where_no_row_decides_the_office_does(jianghan: Site) -> None:
    assert told(with_rows(jianghan.book), policy="MZ11", problem="1.2") == []
