"""A community's and a street's checker with a telephone of 360 px: from what they find to what
their street hands in."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from portal.foundation.staff import Role
from tests.admin.house import House
from tests.admin.returns.test_returns import day
from tests.deployments import Deployment
from tests.pages.checks import check_html, check_page
from tests.services import chromium, node
from tests.services.required import browser_lacks, required

NARROW = 360
# With PICTURES=folder the pages are kept there, to be looked at.
PICTURES = os.environ.get("PICTURES")
PEOPLE = {"she": ("CM0101", Role.CHECKER), "mo": ("ST01", Role.CHECKER), "tou": ("ST01", Role.HEAD)}
RETURN = "/staff/returns/2022-06/ST01/KF"
PART = "/staff/summaries/summary_stage/parts/ST01"


@contextmanager
def telephone(house: House, browser: Browser, url: str, name: str) -> Iterator[Page]:
    """The browser in which this person is signed in."""
    cookie = house.browser(name).get_cookie("hh_staff")
    assert cookie is not None
    window = browser.new_context(
        base_url=url,
        locale="zh-CN",
        viewport={"width": NARROW, "height": 740},
    )
    window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
    yield window.new_page()
    window.close()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        # By its key: where it stands moves while the page is judged at several widths.
        page.get_by_role("button", name=name, exact=True).press("Enter")


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def finds_something(page: Page) -> Iterator[str]:
    """What a community enters; yields the name of each page that it comes to."""
    page.goto("/staff/")
    yield "ledger"
    follow(page, "记自查发现的问题")
    yield "own-check"
    page.get_by_label("查到什么问题").fill("3户康复补贴晚发，存折上没有。")
    page.get_by_label("问题类别").select_option("1.2")
    page.get_by_label("涉及补贴").select_option("CL01")
    page.get_by_label("整改时限").fill("2022-07-20")
    press(page, "记入台账")
    assert "蔡甸街道残疾人联合会" in page.locator("main").inner_text()
    yield "found"


def puts_it_right(page: Page, number: str) -> Iterator[str]:
    """What its street records about it."""
    page.goto("/staff/")
    follow(page, number)
    follow(page, "记整改措施")
    page.get_by_label("整改措施").fill("逐户核对账号，补发")
    page.get_by_label("谁负责").fill("何社区")
    page.get_by_label("最迟哪天做完").fill("2022-06-30")
    yield "measure"
    press(page, "记下措施")
    follow(page, "写完成情况")
    page.get_by_label("哪一天完成的").fill("2022-06-15")
    page.get_by_label("凭什么证明做完了").fill("银行回单3张，6月15日")
    yield "evidence"
    press(page, "这项做完了")
    assert "银行回单3张" in page.locator("main").inner_text()
    yield "done"


def hands_in(page: Page, number: str) -> Iterator[str]:
    """What the street returns of it, which its head signs."""
    page.goto(RETURN)
    follow(page, "填月报")
    for label, households in (
        ("应摸底多少户", "90"),
        ("摸底了多少户", "88"),
        ("没找到人的多少户", "2"),
    ):
        page.get_by_label(label, exact=True).fill(households)
    yield "return"
    press(page, "填好了")
    assert "填好了，等负责人签报。" in page.content()
    assert page.locator("main").get_by_role("link", name=number).count()
    yield "returned"


def sums_up(page: Page) -> Iterator[str]:
    """What the street gives to the summary, which its head hands in."""
    page.goto("/staff/summaries")
    follow(page, "阶段性工作总结")
    follow(page, "写材料")
    page.get_by_label("主要做的工作").fill("逐户看了存折，补发了3户。")
    yield "part"
    press(page, "写好了")
    assert "写好了，等负责人报出。" in page.content()
    yield "written"


def judged(page: Page, name: str) -> list[str]:
    """What is wrong with the page that is open."""
    found = check_html(page.content(), thorough=not node.missing())
    found += check_page(page, widths=(NARROW,))
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"checker-{name}.png", full_page=True)
    return [f"{name}: {sentence}" for sentence in found]


@contextmanager
def serving(site: Flask) -> Iterator[str]:
    """The address at which a site listens."""
    server = make_server("127.0.0.1", 0, site, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_problem_on_its_way_into_return_and_summary(caidian: Deployment) -> None:
    required(browser_lacks())
    house = House(caidian)
    for name, post in PEOPLE.items():
        caidian.add_staff(name, post, display=f"{name}同志")
    findings: list[str] = []

    def walk(name: str, steps: Callable[[Page], Iterator[str]]) -> str:
        with telephone(house, browser, url, name) as page:
            for step in steps(page):
                findings.extend(judged(page, step))
            return page.url

    with (
        serving(caidian.staff) as url,
        sync_playwright() as playwright,
        chromium.launch(playwright) as browser,
    ):
        with day(house, "06-16T10"):
            number = urlsplit(walk("she", finds_something)).path.rpartition("/")[2]
            walk("mo", lambda page: puts_it_right(page, number))
            walk("mo", lambda page: hands_in(page, number))
            assert "签报" in house.get("tou", RETURN)
        with day(house, "06-27T10"):
            walk("mo", sums_up)
            assert "补发了3户" in house.get("tou", PART)
            # The head hands it in, and a community writes none.
            assert house.post("mo", f"{PART}/sign", version="1").status_code == 404
            assert house.browser("she").get(f"{PART}/fill").status_code == 404
            assert "总结" not in house.get("she", "/staff/problems")
    assert findings == []
