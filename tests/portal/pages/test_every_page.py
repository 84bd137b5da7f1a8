"""What holds for every public page of both campaigns."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

import pytest

from tests.deployments import Deployment
from tests.pages.checks import check_html
from tests.pages.weight import MOST_BYTES, weight
from tests.portal.pages.sites import Site
from tests.portal.pages.unkept import unkept_pages
from tests.services import node
from wsgi import create_app

MOST_QUERIES = 4


def test_pages_are_whole_in_order_and_light(site: Site) -> None:
    site.with_everything()
    for address in site.pages():
        page = site.get(address)
        assert check_html(page.text, thorough=not node.missing()) == [], address
        assert weight(page.text) <= MOST_BYTES, address


def test_pages_that_nobody_keeps_are_whole_and_light_too(site: Site) -> None:
    pages = unkept_pages(site.with_everything())
    assert len(pages) > 12
    for name, page in pages.items():
        assert check_html(page, thorough=not node.missing()) == [], name
        assert weight(page) <= MOST_BYTES, name


def test_pages_set_no_cookie_and_may_be_kept(site: Site) -> None:
    for address in site.with_everything().pages():
        page = site.get(address)
        assert "Set-Cookie" not in page.headers, address
        assert page.headers["Cache-Control"] == "public, no-cache"
        again = site.client.get(address, headers={"If-None-Match": page.headers["ETag"]})
        assert again.status_code == 304


def test_pages_cost_few_queries_and_kept_ones_none(site: Site) -> None:
    site.with_everything().get("/healthz")
    site.get("/accessibility")  # It reads the book.
    for address in site.pages():
        with site.counted() as sent:
            site.get(address)
        assert len(sent) <= MOST_QUERIES, (address, sent)
        with site.counted() as sent:
            site.get(address)
        assert sent == [], address


def test_every_page_shows_telephone_and_text_number_in_the_same_place(site: Site) -> None:
    campaign = site.book.campaign
    numbers = f'tel:{campaign.hotline}.*sms:{campaign.text_number}.*<nav class="nav"'
    for address in [*site.pages()]:
        if "WT-" not in address:
            assert re.search(numbers, site.text(address), re.DOTALL), address


def test_links_lead_somewhere(site: Site) -> None:
    site.with_everything()
    seen: set[str] = set()
    for address in site.pages():
        seen |= set(re.findall(r'href="(/[^"#]*)"', site.text(address)))
    ours = [link for link in seen if not link.startswith(("/report", "/progress", "/static"))]
    assert len(ours) > 20
    for link in sorted(ours):
        site.get(link.replace("&amp;", "&"))


def test_only_links_to_the_form_and_no_scripts(site: Site) -> None:
    for address in site.with_everything().pages():
        page = site.text(address)
        assert "<script" not in page
        assert " style=" not in page


def test_the_current_column_is_marked(site: Site) -> None:
    for address in ("/policies", "/responsibilities", "/results"):
        marked = re.findall(r'<a href="([^"]+)" aria-current="page"', site.text(address))
        assert marked == [address]


def test_every_page_leads_to_the_form_for_mistakes_and_names_itself(site: Site) -> None:
    for address in site.with_everything().pages():
        path = quote(address.partition("?")[0], safe="")
        [target] = re.findall(r'href="(/mistakes[^"]*)"', site.text(address))
        assert target == f"/mistakes?page={path}", address
    for address in ("/report", "/report/tip-off", "/progress", "/mistakes"):
        found = set(re.findall(r'href="(/mistakes[^"]*)"', site.text(address)))
        assert found == {"/mistakes"}, address


@pytest.mark.parametrize("address", ["/policies/none", "/notices/none", "/results/none", "/none"])
def test_what_is_not_there_says_what_to_do(site: Site, address: str) -> None:
    answer = site.client.get(address)
    assert answer.status_code == 404
    assert site.book.campaign.hotline in answer.text
    assert check_html(answer.text, thorough=not node.missing()) == []
    assert answer.headers["Cache-Control"] == "no-store"


def test_odd_addresses_break_nothing(on_each_database: Deployment) -> None:
    site = Site(on_each_database).with_results()
    odd = ("%00", "%FF", "%25%27", "x" * 3000, "%F0%9F%98%80", "%E2%80%AE", "_")
    for word in odd:
        for address in (
            "/policies?q=",
            "/search?q=",
            "/results?unit=",
            "/results?after=",
            "/figures?month=",
        ):
            site.get(address + word)
        site.get(f"/responsibilities?policy={word}")
        for address in ("/results/", "/notices/", "/policies/"):
            assert site.client.get(address + word).status_code == 404


def test_what_is_typed_is_shown_as_text(site: Site) -> None:
    for address in ("/policies?q=", "/search?q="):
        page = site.text(f"{address}<b>&quot;x")
        assert "<b>&" not in page
        assert "&lt;b&gt;" in page


def test_search_engines_keep_to_what_is_published(site: Site) -> None:
    robots = site.text("/robots.txt")
    assert "Disallow: /report" in robots
    assert "Disallow: /progress" in robots
    assert "Disallow: /mistakes" in robots


def test_staff_are_sent_to_their_own_site(site: Site) -> None:
    settings = replace(
        site.deployment.settings, staff_url="https://staff.test", parts=frozenset({"public"})
    )
    client = create_app(settings).test_client()
    expected = {
        "/staff": "https://staff.test/staff/",
        "/staff/": "https://staff.test/staff/",
        "/staff/cases": "https://staff.test/staff/cases",
        "/staff//evil.test": "https://staff.test/staff/evil.test",
    }
    for address, target in expected.items():
        answer = client.get(address, follow_redirects=False)
        while answer.status_code == 308:
            answer = client.get(answer.location)
        assert (answer.status_code, answer.location) == (302, target), address
