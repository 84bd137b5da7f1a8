"""What holds for the pages of the leading group's office and of those that it asks: on a telephone,
in light colours, by all rules."""

from __future__ import annotations

from itertools import groupby

from playwright.sync_api import sync_playwright

from tests.admin.house import House
from tests.admin.office.full_office import fill
from tests.admin.summaries.season import day
from tests.pages.checks import check_page
from tests.pages.rendered import bring_axe
from tests.services import chromium
from tests.services.required import browser_lacks, required
from tests.serving import served_here


def test_every_page_of_the_office_can_be_used_on_a_telephone(house: House) -> None:
    required(browser_lacks())
    pages = fill(house)
    wrong: list[str] = []
    with (
        day(house, "07-06T12"),
        served_here(house.deployment.staff) as url,
        sync_playwright() as playwright,
        chromium.launch(playwright) as browser,
    ):
        for name, theirs in groupby(sorted(pages), key=lambda one: one[0]):
            cookie = house.browser(name).get_cookie("hh_staff")
            assert cookie is not None
            window = browser.new_context(base_url=url, viewport={"width": 360, "height": 740})
            window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
            page = window.new_page()
            bring_axe(page)
            for _, path in theirs:
                answer = page.goto(path)
                assert answer is not None
                assert answer.status == 200, (name, path)
                wrong += [f"{name}, {path}: {sentence}" for sentence in check_page(page)]
            window.close()
    assert wrong == []
