"""Every page of the room as the browser shows it, on a telephone and on a desk."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from portal.foundation import clock
from tests.admin.house import PEOPLE, House
from tests.admin.responsibilities.conftest import NOON
from tests.admin.responsibilities.office import BASIS, LIST, Office
from tests.deployments import Deployment
from tests.pages.checks import check_html, check_page
from tests.services import chromium, node
from tests.services.required import browser_lacks, required

WIDTHS = (360, 1280)
# With PICTURES=folder the pages are kept there, to be looked at.
PICTURES = os.environ.get("PICTURES")


@dataclass
class Tour:
    """Somebody of the office at a browser; each page that he stops at is judged."""

    office: Office
    page: Page
    unit: str
    policy: str
    findings: list[str] = field(default_factory=list)

    def stop(self, name: str) -> None:
        """Judge the page that is open."""
        found = check_html(self.page.content(), thorough=not node.missing())
        found += check_page(self.page, widths=WIDTHS)
        for width in WIDTHS if PICTURES else ():
            self.page.set_viewport_size({"width": width, "height": 900})
            path = Path(PICTURES or "") / f"{self.policy}-{name}-{width}.png"
            self.page.screenshot(path=path, full_page=True)
        self.findings += [f"{name}: {sentence}" for sentence in found]

    def go(self, path: str = "") -> None:
        """Open an address of the room."""
        self.page.goto(LIST + path)

    def press(self, name: str) -> None:
        """Press a button."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def type_new(self, place: str) -> None:
        """Fill in the form of a new row."""
        self.page.get_by_label("哪项补贴").select_option(self.policy)
        self.page.get_by_label("哪种问题").select_option("1.2")
        self.page.get_by_label("地方").fill(place)

    def type_unit(self) -> None:
        """Choose the unit and write the basis."""
        self.page.get_by_label("由哪个单位主管").select_option(self.unit)
        self.page.get_by_label("依据").fill(BASIS)

    def upload(self, lines: list[str]) -> None:
        """Look at a spreadsheet."""
        self.go("/import")
        file = {"name": "a.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
        self.page.get_by_label("表格文件").set_input_files(file)  # type: ignore[arg-type]
        self.press("先看影响")


@contextmanager
def tour(office: Office, unit: str, policy: str) -> Iterator[Tour]:
    required(browser_lacks())
    cookie = office.house.browser("chen").get_cookie("hh_staff")
    assert cookie is not None
    server = make_server("127.0.0.1", 0, office.house.deployment.staff, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        with sync_playwright() as playwright, chromium.launch(playwright) as browser:
            window = browser.new_context(base_url=url, locale="zh-CN")
            window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
            yield Tour(office, window.new_page(), unit, policy)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def walk(at: Tour) -> None:
    """Open everything once."""
    row = at.office.row_id(at.policy)
    for name, path in (
        ("list", ""),
        ("none later", "?when=later"),
        ("new", "/new"),
        ("row", f"/{row}"),
        ("end", f"/{row}/end"),
        ("import", "/import"),
    ):
        at.go(path)
        at.stop(name)
    at.go("/new")
    at.type_new("没有")
    at.press("先看影响")
    at.stop("wrong")
    at.type_new("")
    at.type_unit()
    at.press("先看影响")
    at.stop("effect")
    at.press("加上")
    assert "已加一行" in at.page.content()
    at.go(f"/{row}/replace")
    at.type_unit()
    at.press("先看影响")
    at.press("换单位")
    at.go(f"?policy={at.policy}&when=before")
    at.stop("before")
    at.go(f"/{row}")
    at.stop("fixed")
    lines = at.office.export("csv").decode("utf-8-sig").splitlines()
    at.upload([*lines, "NO1,,,,,TY,x,2022-06-06,"])
    at.stop("bad sheet")
    at.upload([*lines[:-3], f"{at.policy},1.1,,,,{at.unit},{BASIS},2022-06-06,"])
    at.stop("sheet")
    at.press("按表格改")
    assert "已按表格改好" in at.page.content()


def test_the_room_in_jianghan(office: Office) -> None:
    for number in range(3):
        office.house.case(submission=f"case {number}")
    with tour(office, "TY", "MZ11") as at:
        walk(at)
    assert at.findings == []


def test_the_room_in_caidian(caidian: Deployment) -> None:
    with clock.stopped_at(NOON):
        caidian.add_staff("chen", PEOPLE["chen"], display="陈同志")
        office = Office(House(caidian))
        office.house.case(policy="CL01")
        with tour(office, "ZX", "CL01") as at:
            walk(at)
    assert at.findings == []
