"""What machines read to follow the site: the feed and the sitemap."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.portal.pages.released import release
from tests.portal.pages.sites import Site

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parsed(site: Site, address: str) -> ElementTree.Element:
    # It is our own.
    return ElementTree.fromstring(site.get(address).data)  # noqa: S314


def sitemap(site: Site) -> list[str]:
    root = site.deployment.settings.public_url
    found = [one.text or "" for one in parsed(site, "/sitemap.xml").iter(f"{SITEMAP}loc")]
    assert all(one.startswith(f"{root}/") for one in found)
    return [one.removeprefix(root) for one in found]


def test_the_sitemap_names_every_page_that_is_there(site: Site) -> None:
    site.with_results()
    named = sitemap(site)
    assert len(named) == len(set(named))
    for address in named:
        site.get(address)
    # Pages with a query show the same as those without; lists of people are for no machine, and
    # what a result said before is for whoever reads it.
    unnamed = {"/search", "/distributions"}
    there = {one for one in site.pages() if "?" not in one and "/releases/" not in one}
    assert there - unnamed <= set(named)
    assert not unnamed & set(named)


def test_robots_may_read_all_that_it_names(jianghan: Site) -> None:
    robots = jianghan.text("/robots.txt").splitlines()
    assert f"Sitemap: {jianghan.deployment.settings.public_url}/sitemap.xml" in robots
    closed = tuple(line.partition(": ")[2] for line in robots if line.startswith("Disallow"))
    assert closed
    assert not [one for one in sitemap(jianghan) if one.startswith(closed)]


def test_the_feed_begins_with_what_is_newest(site: Site) -> None:
    site.with_results()
    feed = parsed(site, "/feed.xml")
    entries = feed.findall(f"{ATOM}entry")
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == updated[0]
    root = site.deployment.settings.public_url
    for entry in entries:
        address = entry.findtext(f"{ATOM}id") or ""
        assert address.startswith(f"{root}/")
        page = site.text(address.removeprefix(root))
        assert (entry.findtext(f"{ATOM}summary") or "").splitlines()[0] in page


@pytest.mark.parametrize("words", ["<b>&amp;</b>", '"津贴" & 补贴 <漏发>'])
def test_words_are_words(jianghan: Site, words: str) -> None:
    with jianghan.deployment.database.writing() as session:
        release(session, "WT-0950", summary=words)
    entries = parsed(jianghan, "/feed.xml").findall(f"{ATOM}entry")
    assert words in [entry.findtext(f"{ATOM}summary") for entry in entries]


def test_every_page_names_the_feed(jianghan: Site) -> None:
    assert 'href="/feed.xml" type="application/atom+xml"' in jianghan.text("/")
