"""Draws of spot checks are found by search and told by the feed; of one that is promised only, no
more than the promise."""

from __future__ import annotations

from tests.portal.pages.sites import Site
from tests.portal.pages.test_feeds import ATOM, parsed
from tests.portal.pages.test_search_kinds import section


def drawn_units(site: Site) -> tuple[list[str], list[str]]:
    """The names in the frame that came out, and those that didn't."""
    kept = site.get("/spot-checks/2022-1/record.json").get_json()
    came: list[str] = []
    left: list[str] = []
    for one in kept["frame"]:
        (came if one["code"] in kept["drawn"] else left).append(one["name"])
    return came, left


def test_a_draw_is_found_by_two_characters_of_a_unit(any_site: Site) -> None:
    any_site.with_everything()
    came, left = drawn_units(any_site)
    assert came
    assert left
    for name in (came[0], came[-1]):
        found = section(any_site.text(f"/search?q={name[:2]}"), "draws")
        assert 'href="/spot-checks/2022-1"' in found, name
        assert "抽中：" in found
        # Who stands in the frame of a promise nobody reads before the draw.
        assert "2022-2" not in found
    named = section(any_site.text(f"/search?q={left[0]}"), "draws")
    assert "在名册里，没有抽中" in named
    assert not section(any_site.text("/search?q=没有这个词"), "draws")


def test_a_draw_is_found_by_its_name_and_number(any_site: Site) -> None:
    any_site.with_everything()
    for typed in ("抽查", "抽中", "种子 名册", "重点抽查"):
        found = section(any_site.text(f"/search?q={typed}"), "draws")
        assert 'href="/spot-checks/2022-1"' in found, typed
        assert 'href="/spot-checks/2022-2"' in found, typed
        assert "还没有抽" in found
    found = section(any_site.text("/search?q=2022-2"), "draws")
    assert 'href="/spot-checks/2022-2"' in found
    assert "2022-1" not in found


def test_the_feed_tells_of_a_promise_and_of_a_draw(site: Site) -> None:
    site.with_everything()
    root = site.deployment.settings.public_url
    entries = {
        one.findtext(f"{ATOM}id"): (one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}summary"))
        for one in parsed(site, "/feed.xml").findall(f"{ATOM}entry")
    }
    came, left = drawn_units(site)
    title, says = entries[f"{root}/spot-checks/2022-1"]
    assert title == "重点抽查2022-1：抽过了"
    assert says == f"{len(came) + len(left)}个单位里，抽中{len(came)}个。"
    title, says = entries[f"{root}/spot-checks/2022-2"]
    assert title == "重点抽查2022-2：公布了承诺，还没有抽"
    asked = site.get("/spot-checks/2022-2/record.json").get_json()["asked"]
    assert says == f"名册有{len(came) + len(left)}个单位，要抽{asked}个。"
