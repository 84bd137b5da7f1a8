"""Search: two-character words count, signs have no power, and every column is looked through."""

from __future__ import annotations

import pytest

from tests.deployments import Deployment
from tests.portal.pages.released import release
from tests.portal.pages.sites import Site


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("公示", "/results/WT-0003"),
        ("公示 名单", "/results/WT-0003"),
        ("补发", "/results/WT-0001"),
        ("wt-0003", "/results/WT-0003"),
        ("方案", "/notices/work-plan"),
        ("补贴", "/policies/"),
        ("工本费", "/results/WT-0002"),
    ],
)
def test_what_is_published_is_found(site: Site, typed: str, address: str) -> None:
    assert f'href="{address}' in site.with_results().text(f"/search?q={typed}")


def test_results_are_found_by_their_unit_and_place(on_each_database: Deployment) -> None:
    site = Site(on_each_database).with_results()
    result = site.text("/results/WT-0001")
    unit = site.book.units[next(iter(site.book.policies.values())).unit_code]
    assert unit.name in result
    for name in (unit.name, next(iter(site.book.places.values())).name):
        assert "/results/WT-0001" in site.text(f"/search?q={name}")


def test_every_word_has_to_be_there(site: Site) -> None:
    page = site.with_results().text("/search?q=公示 没有这种东西")
    assert "没有找到" in page
    assert "/report/consultation" in page


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", "%25"])
def test_signs_of_the_database_are_only_signs(site: Site, sign: str) -> None:
    with site.with_results().deployment.database.writing() as session:
        release(session, "WT-9999", summary=f"多收{sign}一成")
    page = site.text(f"/search?q=收{sign.replace('%', '%25')}一")
    assert "/results/WT-9999" in page
    assert "/results/WT-0001" not in page


def test_an_empty_search_explains_itself(site: Site) -> None:
    assert "您自己的那件事" in site.text("/search?q=%20")
