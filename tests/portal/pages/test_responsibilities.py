"""Who is in charge: every policy has its unit, every problem its answer, and the banks theirs."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sqlalchemy import select

from portal.campaign.book import Book
from portal.campaign.in_charge import InCharge
from portal.campaign.kinds import Kind
from portal.campaign.policy import Policy
from portal.campaign.responsibility import Actor, Responsibility
from portal.campaign.revision import new_book_revision
from portal.campaign.unit import Unit
from portal.foundation import clock
from tests.portal.pages.sites import Site


def row(unit: str, **cells: object) -> Responsibility:
    fields = {"valid_from": date(2022, 1, 1), "valid_to": None, "basis": "依据", **cells}
    return Responsibility(unit_code=unit, **fields)


def told(found: Book, **asked: str) -> list[tuple[str, str]]:
    return [(one.when, one.unit.code) for one in InCharge(found, date(2022, 6, 6)).of(**asked)]


def with_rows(found: Book, *rows: Responsibility) -> Book:
    return Book(**{**vars(found), "responsibilities": rows})


MISSING = "地址还没有填，先打电话问"


def pages(site: Site) -> tuple[str, ...]:
    some = site.some_policy
    whole = ("/responsibilities", "/hotlines")
    return (*whole, f"/responsibilities?policy={some}", f"/policies/{some}")


def section(page: str, name: str) -> str:
    """A section of the page, by its id."""
    return page.partition(f'<section id="{name}">')[2].partition("</section>")[0]


def test_every_unit_in_charge_can_be_reached(site: Site) -> None:
    for address in pages(site):
        page = site.text(address)
        units = site.book.units.values()
        named = [one for one in units if f'tel:{one.telephone}"' in page and one.name in page]
        assert named
        for unit in named:
            assert unit.hours in page, (address, unit.name)
            assert (unit.address or MISSING) in page, (address, unit.name)


def test_an_address_is_shown_or_said_to_be_missing(site: Site) -> None:
    with site.deployment.database.writing() as session:
        units = session.scalars(select(Unit).where(Unit.desk, Unit.telephone != "")).all()
        first = session.get_one(Policy, site.some_policy).unit_code
        filled = [unit.code for unit in units if unit.code != first]
        for unit in units:
            unit.address = f"某路{unit.position}号" if unit.code != first else ""
        new_book_revision(session)
    for address in pages(site):
        page = site.text(address)
        # Only one unit lacks it now; what is said once for all would be wrong.
        assert "单位的地址还没有填" not in page
        assert "单位，地址还没有填" not in page
        assert MISSING in page, address
        for code in filled:
            unit = site.book.units[code]
            if f'tel:{unit.telephone}"' in page and f"<h3>{unit.name}</h3>" in page:
                assert f"{unit.address}</p>" in page, (address, unit.name)
    whole = site.text("/hotlines")
    assert whole.count(MISSING) == 1
    assert all(site.book.units[code].address in whole for code in filled)


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
            assert page.count(f">{problem.plain_text}<") == 1
            assert problem.plan_text in page
            assert problem.plan_text not in open_text
            # What is open is where the usual answer is wrong.
            own = told(site.book, problem=problem.code)
            assert (problem.plain_text in open_text) == bool(own or problem.accuses)


def test_the_unit_in_charge_is_named_once_and_then_what_goes_elsewhere(site: Site) -> None:
    for code, policy in site.book.policies.items():
        page = site.text(f"/responsibilities?policy={code}")
        main = page.partition("<main")[2].partition("</main>")[0]
        (general,) = InCharge(site.book, clock.today()).of(policy=code)
        unit = general.unit
        lead = re.search(r'<p class="lead">(.*?)</p>', main, re.DOTALL)
        assert lead
        assert f"除了下面这几种，都找{unit.name}" in lead[1]
        assert f'href="tel:{unit.telephone}"' in lead[1]
        assert main.count(f'href="tel:{unit.telephone}"') == 1, policy.name
        elsewhere = section(main, "problems").partition("<details>")[0]
        assert unit.telephone not in elsewhere
        for problem in site.book.problem_types.values():
            own = told(site.book, policy=code, problem=problem.code)
            differs = own != [("", unit.code)] and not problem.accuses
            assert (problem.plain_text in elsewhere) == differs, problem.code
            for when, other in own if differs else ():
                assert when in elsewhere
                assert site.book.units[other].telephone in elsewhere


def test_wrongdoing_leads_to_no_telephone_of_a_unit_in_charge(site: Site) -> None:
    found = site.book
    discipline = found.units[found.campaign.discipline_code]
    policy = found.policies[site.some_policy]
    unit = found.units[policy.unit_code]
    with site.deployment.database.writing() as session:
        # Also where a row names a unit for what accuses somebody.
        accusing = next(one.code for one in found.problem_types.values() if one.accuses)
        named = Responsibility(
            problem_code=accusing,
            policy_code=policy.code,
            unit_code=unit.code,
            basis="依据",
            valid_from=date(2022, 1, 1),
        )
        session.add(named)
        new_book_revision(session)
    for address in (f"/responsibilities?policy={policy.code}", "/responsibilities"):
        part = section(site.text(address), "wrongdoing")
        called = re.findall(r'href="tel:([^"]+)"', part)
        assert called == [found.campaign.hotline, discipline.telephone]
        assert 'href="/report/tip-off' in part
        assert part.index("您反映的人和单位看不到") < part.index("href=")
        assert part.index("不用和管补贴的单位说") < part.index("tel:")
        assert part.index("/safety") < part.index("tel:")
        for problem in found.problem_types.values():
            assert (problem.plain_text in part) == problem.accuses
    policy_page = site.text(f"/responsibilities?policy={policy.code}")
    warned = policy_page.index('href="#wrongdoing"')
    assert warned < policy_page.index(f'href="tel:{unit.telephone}"')
    own = section(site.text(f"/responsibilities?policy={policy.code}"), "wrongdoing")
    assert f"平时管这项补贴的是{unit.name}" in own
    assert f'href="/report/tip-off?policy={policy.code}"' in own


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
