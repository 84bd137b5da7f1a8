"""The sheets as a browser shows and prints them, and the record of publicity at a desk."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pypdfium2
from flask import Flask
from playwright.sync_api import BrowserContext, sync_playwright
from werkzeug.serving import make_server

from portal.foundation.staff import Role
from portal.publicity.sheet import Sheet
from tests.pages.checks import check_html, check_page
from tests.portal.pages.sites import Site
from tests.portal.pages.test_publicity import streets
from tests.services import chromium, node
from tests.services.required import browser_lacks, required

WIDTHS = (360, 1280)
PAGES = {Sheet.POSTER: 1, Sheet.LEAFLET: 2, Sheet.COUNTER_CARD: 1}
POINTS = 72 / 25.4


@contextmanager
def window(app: Flask, cookie: tuple[str, str] | None = None) -> Iterator[BrowserContext]:
    """A browser that walks on one of the sites."""
    required(browser_lacks())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        with sync_playwright() as playwright, chromium.launch(playwright) as browser:
            opened = browser.new_context(base_url=url, locale="zh-CN")
            if cookie:
                opened.add_cookies([{"name": cookie[0], "value": cookie[1], "url": url}])
            yield opened
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def test_sheets_fit_screen_and_paper(site: Site) -> None:
    longest = max(streets(site), key=lambda one: len(one.name))
    with window(site.deployment.public) as opened:
        page = opened.new_page()
        page.goto(f"/publicity/places/{longest.code}")
        assert check_page(page, widths=WIDTHS) == []
        for sheet in Sheet:
            page.goto(f"/publicity/{sheet.value}/{longest.code}")
            assert check_page(page, widths=WIDTHS) == [], sheet
            printed = page.pdf(prefer_css_page_size=True)
            with closing(pypdfium2.PdfDocument(io.BytesIO(printed))) as document:
                sizes = [document.get_page_size(at) for at in range(len(document))]
            assert len(sizes) == PAGES[sheet], sheet
            for width, height in sizes:
                assert (round(width / POINTS), round(height / POINTS)) == sheet.size


def test_the_record_fits_its_screen(jianghan: Site) -> None:
    site = jianghan
    site.deployment.add_staff("chen", ("BGS", Role.OFFICE))
    cookie = site.deployment.officer("chen").get_cookie("hh_staff")
    assert cookie is not None
    with window(site.deployment.staff, (cookie.key, cookie.value)) as opened:
        page = opened.new_page()
        page.goto("/staff/publishing/publicity/new")
        assert check_page(page, widths=WIDTHS) == []
        page.get_by_label("数量").fill("12")
        page.get_by_label("具体在哪里").fill("长堤社区公示栏、肖家社区大门口、中大社区电梯口")
        page.get_by_role("button", name="记下", exact=True).click()
        entry = page.url.partition("?")[0]
        for address in (
            "/staff/publishing/publicity",
            entry,
            f"{entry}/correct",
            f"{entry}/withdraw",
        ):
            page.goto(address)
            assert check_page(page, widths=WIDTHS) == [], address
            assert check_html(page.content(), thorough=not node.missing()) == [], address
