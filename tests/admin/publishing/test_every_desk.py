"""What holds for every publishing desk with much to publish: light, whole, cards on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import sync_playwright

from portal.foundation import clock
from tests.admin.conftest import NOON
from tests.admin.house import House
from tests.admin.publishing.full_desks import fill
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS
from tests.pages.checks import check_page
from tests.pages.rendered import bring_axe
from tests.pages.weight import MOST_BYTES, weight
from tests.services import chromium
from tests.services.required import browser_lacks, required
from tests.serving import served_here
from tests.templates import Templates

DESK = "/staff/publishing"
DESKS = ("", "/notices", "/distributions", "/policies", "/figures", "/appearances", "/mistakes")
# Whatever scrolls sideways inside the page.
SIDEWAYS = """[...document.querySelectorAll("main *")]
    .filter(one => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX === "auto")
    .map(one => one.getAttribute("aria-label"))"""


@dataclass
class Full:
    """The desks, and a draft at each of them."""

    house: House
    drafts: dict[str, str]

    @property
    def addresses(self) -> list[str]:
        """Every page that is looked at."""
        return [*(DESK + desk for desk in DESKS), *self.drafts.values()]


@pytest.fixture(scope="module")
def full(templates: Templates) -> Iterator[Full]:
    """Jianghan's desks, filled once for all tests of the file."""
    with (
        templates.lend(CAMPAIGNS / "jianghan-2022", "sqlite", **TWILIO) as deployment,
        clock.stopped_at(NOON),
    ):
        house = House(deployment).move_in()
        yield Full(house, fill(house))


@pytest.mark.parametrize("desk", DESKS)
def test_a_desk_is_light_however_much_it_has(full: Full, desk: str) -> None:
    page = full.house.get("gong", DESK + desk)
    assert weight(page) <= MOST_BYTES
    # What doesn't stand here is one click away.
    for turned in set(re.findall(r'href="([^"]*)" rel="next"', page)):
        assert full.house.get("gong", turned.replace("&amp;", "&")) != page


def test_nothing_scrolls_sideways_on_a_telephone(full: Full) -> None:
    required(browser_lacks())
    cookie = full.house.browser("gong").get_cookie("hh_staff")
    assert cookie is not None
    found = {}
    with (
        served_here(full.house.deployment.staff) as url,
        sync_playwright() as playwright,
        chromium.launch(playwright) as browser,
    ):
        window = browser.new_context(base_url=url, viewport={"width": 360, "height": 740})
        window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
        page = window.new_page()
        bring_axe(page)
        for address in full.addresses:
            page.goto(address)
            found[address] = [*page.evaluate(SIDEWAYS), *check_page(page)]
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
