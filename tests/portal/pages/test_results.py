"""Results: totals that reconcile, filters in the address, pages without gaps, full history."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from portal.foundation import clock
from portal.pages.shown_results import PAGE
from portal.published.result import Result, ResultState
from portal.published.result_totals import Fate
from tests.deployments import Deployment
from tests.portal.pages.released import FIRST_DAY, release, revise
from tests.portal.pages.sites import Site


def numbers_on(page: str) -> list[str]:
    return re.findall(r'href="/results/([^"?]+)"', page)


def figures_on(page: str) -> list[int]:
    figures = re.search(r'<dl class="figures">.*?</dl>', page, re.DOTALL)
    assert figures
    return [int(number) for number in re.findall(r">(\d+)</a>", figures[0])]


def every_number(site: Site, address: str) -> list[str]:
    """The results of a list, page after page."""
    numbers: list[str] = []
    while True:
        page = site.text(address)
        numbers += numbers_on(page)
        further = re.search(r'href="([^"]+)" rel="next"', page)
        if not further:
            return numbers
        address = further[1].replace("&amp;", "&")


def test_every_state_has_one_fate() -> None:
    assert sorted(state for fate in Fate for state in fate.states) == sorted(ResultState)


def test_totals_reconcile_and_each_figure_counts_its_list(site: Site) -> None:
    site.with_results()
    results = site.text("/results")
    found, *parts = figures_on(results)
    assert found == sum(parts) == 8
    assert f"{found} = {' + '.join(map(str, parts))}" in results
    for number, fate in zip(parts, Fate, strict=True):
        assert len(every_number(site, f"/results?state={fate}")) == number


def test_filters_narrow_totals_and_list_alike(site: Site) -> None:
    site.with_results()
    with site.deployment.database.reading() as session:
        unit = session.get_one(Result, "WT-0002").unit_code
    for asked in (f"unit={unit}", "problem=2.3", f"unit={unit}&problem=2.3"):
        page = site.text(f"/results?{asked}")
        found, *parts = figures_on(page)
        assert found == sum(parts) == len(numbers_on(page))
        assert "WT-0002" in numbers_on(page)
        assert 'class="chip"' in page


def test_a_street_has_the_results_of_its_communities(site: Site) -> None:
    site.with_results()
    with site.deployment.database.reading() as session:
        community = session.get_one(Result, "WT-0003").place_code
    street = site.book.places[community or ""].parent_code
    page = site.text(f"/results?street={street}")
    assert {"WT-0001", "WT-0003"} <= set(numbers_on(page))
    assert "WT-0002" not in numbers_on(page)


def test_an_unknown_filter_narrows_nothing(site: Site) -> None:
    site.with_results()
    page = site.text("/results?unit=none&state=none")
    assert len(numbers_on(page)) == 8
    assert 'class="chip"' not in page


def test_filters_that_meet_nowhere_say_so(site: Site) -> None:
    site.with_results()
    page = site.text("/results?problem=1.2&state=unfounded")
    assert numbers_on(page) == []
    assert "去掉一样再看" in page


def test_pages_follow_each_other_without_gap_or_repetition(on_each_database: Deployment) -> None:
    site = Site(on_each_database)
    with on_each_database.database.writing() as session:
        for index in range(2 * PAGE + 3):
            # Many are released in the same moment, so that the number has to decide.
            moment = FIRST_DAY + timedelta(hours=index // 9)
            release(session, f"WT-{index:04d}", released_at=moment)
    numbers = every_number(site, "/results")
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 2 * PAGE + 3
    assert figures_on(site.text("/results"))[0] == len(numbers)


def test_before_the_first_release_the_page_says_what_will_come(site: Site) -> None:
    page = site.text("/results")
    assert "还没有公布整改结果" in page
    assert numbers_on(page) == []
    assert "还没有公布整改结果" in site.text("/")


def test_a_result_keeps_its_history_and_asks_who_knows_better(site: Site) -> None:
    site.with_results()
    with site.deployment.database.writing() as session:
        result = session.get_one(Result, "WT-0001")
        result.released_at = FIRST_DAY + timedelta(days=40)
        revise(session, result, state=ResultState.STRUCK_OFF, progress="全部补发", note="更正")
    page = site.text("/results/WT-0001")
    steps = re.findall(r"<li>.*?</li>", page.partition('class="timeline"')[2], re.DOTALL)[:2]
    assert "已销号" in steps[0]
    assert "进展：全部补发。更正。" in steps[0]
    assert "问题" not in steps[0]
    assert "发现" in steps[1]
    assert "进展：已经补发。" in steps[1]
    assert clock.day_of(FIRST_DAY).isoformat() in steps[1]
    assert f"/report/complaint?policy={site.some_policy}" in page


def test_a_new_release_shows_with_the_next_click(site: Site) -> None:
    site.with_results()
    assert "名单已补" not in site.text("/results/WT-0003")
    with site.deployment.database.writing() as session:
        revise(session, session.get_one(Result, "WT-0003"), progress="名单已补")
    assert "名单已补" in site.text("/results/WT-0003")


@pytest.mark.parametrize("place", ["street", "community"])
def test_a_community_is_named_with_its_street(site: Site, place: str) -> None:
    site.with_results()
    number = {"street": "WT-0001", "community": "WT-0003"}[place]
    with site.deployment.database.reading() as session:
        code = session.get_one(Result, number).place_code or ""
    own = site.book.places[code]
    street = site.book.places[own.parent_code].name if own.parent_code else ""
    assert street + own.name in site.text(f"/results/{number}")
