"""Loading a year as the browser shows it, on a telephone and on a desk."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from tests.admin.office.new_year import CALENDAR, NEW_YEAR, NewYear
from tests.pages.checks import check_html, check_page
from tests.services import chromium, node
from tests.services.required import browser_lacks, required

WIDTHS = (360, 1280)
# With PICTURES=folder the pages are kept there, to be looked at.
PICTURES = os.environ.get("PICTURES")


def judged(page: Page, name: str) -> list[str]:
    """What is wrong with the page that is open."""
    found = check_html(page.content(), thorough=not node.missing())
    found += check_page(page, widths=WIDTHS)
    for width in WIDTHS if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(PICTURES or "") / f"{name}-{width}.png", full_page=True)
    return [f"{name}: {sentence}" for sentence in found]


def look_at(page: Page, sheet: str) -> None:
    """Upload a spreadsheet."""
    page.goto(f"{CALENDAR}/load")
    file: Any = {"name": "2027.csv", "mimeType": "text/csv", "buffer": sheet.encode()}
    page.get_by_label("表格文件").set_input_files(file)
    press(page, "先看影响")


def press(page: Page, name: str) -> None:
    """Press a button."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def walk(page: Page) -> list[str]:
    """Go through everything that loading a year shows."""
    findings = []
    for name, path in (("calendar", ""), ("year", "?year=2022"), ("load", "/load")):
        page.goto(CALENDAR + path)
        findings += judged(page, name)
    look_at(page, "日期,是否上班,名称\n元旦,,元旦\n2027-02-30,否,\n")
    findings += judged(page, "wrong")
    look_at(page, NEW_YEAR + "2026-10-01,否,国庆\n")
    findings += judged(page, "check")
    press(page, "装入")
    assert "放假安排已装入" in page.content()
    findings += judged(page, "loaded")
    look_at(page, NEW_YEAR)
    findings += judged(page, "same")
    page.goto("/staff/office")
    return findings + judged(page, "office")


def test_loading_a_year(new_year: NewYear) -> None:
    required(browser_lacks())
    number = new_year.desks.case()
    new_year.get()
    cookie = new_year.desks.at("office").get_cookie("hh_staff")
    assert cookie is not None
    server = make_server("127.0.0.1", 0, new_year.desks.deployment.staff, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        with sync_playwright() as playwright, chromium.launch(playwright) as browser:
            window = browser.new_context(base_url=url, locale="zh-CN")
            window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
            page = window.new_page()
            findings = walk(page)
            page.goto(f"/staff/cases/{number}")
            findings += judged(page, "case")
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
    assert findings == []
