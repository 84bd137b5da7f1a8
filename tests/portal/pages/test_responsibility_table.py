"""The table of who is in charge: every policy by every problem, as the rows in force have it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from portal.campaign.in_charge import InCharge
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Actor, Responsibility
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from tests.deployments import CAMPAIGNS
from tests.journeys import third_campaign
from tests.pages.checks import check_html
from tests.portal.pages.sites import Site
from tests.templates import Templates

# By policy and problem: whom one is told to ask, and when.
Told = dict[tuple[str, str], list[tuple[str, str]]]


@pytest.fixture(params=["jianghan-2022", "caidian-cdpf-2022", third_campaign.CODE])
def any_campaign(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path
) -> Iterator[Site]:
    """Each campaign's public site, and that of one that exists nowhere."""
    invented = request.param == third_campaign.CODE
    folder = third_campaign.write(tmp_path) if invented else CAMPAIGNS / request.param
    with templates.lend(folder, "sqlite") as deployment:
        yield Site(deployment)


def add_exceptions(site: Site) -> None:
    """Rows for one policy and one problem, for a place, a kind, a doer; an ended one, and one of
    tomorrow."""
    found, today = site.book, clock.today()
    policy, other, *_ = found.policies
    problem, second, *_ = (one.code for one in found.problem_types.values() if not one.accuses)
    accusing = next(one.code for one in found.problem_types.values() if one.accuses)
    street, another, *_ = (one.code for one in found.places.values())
    own = found.policies[policy].unit_code
    elsewhere = next(one.unit_code for one in found.policies.values() if one.unit_code != own)
    day = timedelta(days=1)
    rows: list[dict[str, object]] = [
        {"policy_code": policy, "problem_code": second, "unit_code": elsewhere},
        {"policy_code": other, "place_code": street, "unit_code": found.places[street].unit_code},
        {"problem_code": problem, "kind": Kind.PETITION, "unit_code": elsewhere},
        {"policy_code": other, "problem_code": second, "actor": Actor.UNIT, "unit_code": elsewhere},
        {"policy_code": policy, "problem_code": accusing, "unit_code": own},
        {"policy_code": policy, "place_code": another, "unit_code": own, "valid_to": today - day},
        {"policy_code": policy, "place_code": street, "unit_code": own, "valid_from": today + day},
    ]
    with site.deployment.database.writing() as session:
        for row in rows:
            row = {"valid_from": date(2021, 1, 1), "basis": "依据", **row}
            session.add(Responsibility(**row))
        new_book_revision(session)


def wanted(site: Site) -> Told:
    """What `InCharge` says, with the office where no row decides."""
    found = site.book
    in_charge = InCharge(found, clock.today())
    told: Told = {}
    for policy in found.policies:
        for problem in found.problem_types.values():
            charges = in_charge.of(policy=policy, problem=problem.code)
            said = [(one.unit.code, one.when) for one in charges]
            if not said or said[0][1]:
                said.insert(0, (found.office.code, ""))
            if problem.accuses:
                said = [(found.campaign.discipline_code, "")]
            told[policy, problem.code] = said
    return told


def read(site: Site) -> tuple[Told, HtmlElement]:
    """What the page's table says, cell by cell; and the page."""
    found = site.book
    page = html.document_fromstring(site.text("/responsibilities/table"))
    [table] = page.xpath("//main//table")
    rows = table.xpath("./tbody/tr")
    plain = {one.plain_text: one.code for one in found.problem_types.values()}
    columns = [
        [plain[one.text_content()] for one in kind.findall("dd")]
        for kind in page.xpath("//main//dl[@class='kinds']/div")
    ]
    told: Told = {}
    for row in rows:
        names, *cells = row.findall("td")
        assert len(cells) == len(columns)
        for link in names.xpath(".//a/@href"):
            for problems, cell in zip(columns, cells, strict=True):
                for problem in problems:
                    key = (link.partition("?policy=")[2], problem)
                    assert key not in told
                    told[key] = list(answers(cell, found.problem_types[problem].accuses))
    return told, page


def answers(cell: HtmlElement, accuses: bool) -> Iterator[tuple[str, str]]:
    lines = cell.xpath(".//p")
    if accuses:
        assert lines.pop(0).xpath("./a/@href") == ["#line"]
    for line in lines:
        [link] = line.xpath("./a/@href")
        yield link.removeprefix("#unit-"), (line.text or "").strip().removesuffix("，找")


@pytest.mark.parametrize("exceptions", [False, True], ids=["as loaded", "with exceptions"])
def test_the_table_names_whom_the_rows_name(any_campaign: Site, exceptions: bool) -> None:
    site = any_campaign
    if exceptions:
        as_loaded = read(site)[0]
        add_exceptions(site)
    told, page = read(site)
    assert told == wanted(site)
    assert not exceptions or told != as_loaded
    assert check_html(site.text("/responsibilities/table")) == []
    for unit in {unit for said in told.values() for unit, _ in said}:
        [entry] = page.xpath(f"//main//li[@id='unit-{unit}']")
        number = site.book.units[unit].telephone
        assert entry.xpath(".//a/@href") == ([f"tel:{number}"] if number else [])
    rows = json.loads(site.get("/data/in-charge.json").data)["rows"]
    taken: Told = {}
    for row in rows:
        said = taken.setdefault((row["policy"], row["problem"]), [])
        said.append((row["unit"], row["when"] or ""))
    assert taken == told


def test_problems_answered_alike_share_a_column(jianghan: Site) -> None:
    page = read(jianghan)[1]
    heads = page.xpath("//main//thead//th")
    assert [one.text_content() for one in heads[2:]] == [
        "一笔补贴拆成好几笔、好几家管等2种",
        "钱没发、发晚了、发少了等6种",
        "发补贴的银行太多太乱等2种",
        "有人违规",
    ]
    units = {one.unit_code for one in jianghan.book.policies.values()}
    assert len(page.xpath("//main//tbody/tr")) == len(units)


def test_the_table_is_led_to(jianghan: Site) -> None:
    for address in ("/responsibilities", "/data", "/sitemap.xml", "/search?q=对照表"):
        assert "/responsibilities/table" in jianghan.text(address), address
