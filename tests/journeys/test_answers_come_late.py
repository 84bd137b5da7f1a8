"""Where every answer takes five seconds, everything that citizens come for is done all the same: in
Chromium without JavaScript, on a telephone of 360 px. Several wait side by side."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, async_playwright
from sqlalchemy import func, select

from intake.cases.case import Case
from tests.deployments import Deployment
from tests.late_proxy import late_proxy
from tests.patience import PATIENCE
from tests.services import chromium
from tests.services.required import browser_lacks, required
from tests.serving import served_here

LATE = 5.0
WORDS, MORE = "高龄津贴三个月没发，问了两次都说再等等", "又问了一次，还是没发"


def test_everything_is_done(deployment: Deployment) -> None:
    required(browser_lacks())
    with served_here(deployment.public) as url:
        port = urlsplit(url).port
        assert port
        began = time.monotonic()
        in_a_thread(side_by_side(port))
        assert time.monotonic() - began > LATE
    with deployment.database.reading() as session:
        # One who went the whole way, one who pressed twice.
        assert session.scalar(select(func.count()).select_from(Case)) == 2


def in_a_thread(work: Coroutine[Any, Any, None]) -> None:
    """Run it where no other loop runs: that of the other browser tests never ends."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work)
        except BaseException as error:  # It is raised again below.
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


async def side_by_side(port: int) -> None:
    """All at once, each in a window of his own."""
    async with (
        late_proxy(port, seconds=LATE) as late,
        async_playwright() as playwright,
        await playwright.chromium.launch(
            executable_path=chromium.find(), args=[*chromium.QUIET, "--no-sandbox"]
        ) as browser,
    ):
        url = f"http://127.0.0.1:{late}"
        await asyncio.gather(
            reports_looks_and_adds(browser, url),
            presses_twice(browser, url),
            finds_who_runs_an_allowance(browser, url),
        )


async def phone(browser: Browser, url: str) -> Page:
    """A window of 360 px without JavaScript."""
    context = await browser.new_context(
        base_url=url,
        java_script_enabled=False,
        locale="zh-CN",
        viewport={"width": 360, "height": 640},
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    return page


async def written_form(browser: Browser, url: str, words: str) -> Page:
    """A form in which everything that must be there stands."""
    page = await phone(browser, url)
    await page.goto("/report/complaint")
    await page.get_by_label("发生了什么事").fill(words)
    return page


async def reports_looks_and_adds(browser: Browser, url: str) -> None:
    """Report, look the case up, add something."""
    page = await written_form(browser, url, WORDS)
    await page.get_by_role("button", name="提交", exact=True).click()
    code = await page.locator("[data-query-code]").get_attribute("data-query-code")
    number = await page.locator("[data-case-number]").get_attribute("data-case-number")
    assert code
    assert number

    await page.goto("/progress")
    await page.get_by_label("查询码").fill(code)
    await page.get_by_role("button", name="查", exact=True).click()
    await page.get_by_text(number).first.wait_for()
    await page.get_by_label("想起什么，接着写").fill(MORE)
    await page.get_by_role("button", name="发出补充").click()
    await page.get_by_text(MORE).first.wait_for()
    assert "收到了" in await page.locator("body").inner_text()


async def presses_twice(browser: Browser, url: str) -> None:
    """Nothing seems to happen, so he presses again: he has one case."""
    page = await written_form(browser, url, f"{WORDS}，真的")
    button = page.get_by_role("button", name="提交", exact=True)
    await button.scroll_into_view_if_needed()
    box = await button.bounding_box()
    assert box
    posts: list[str] = []
    page.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    for _ in range(2):
        await page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await asyncio.sleep(LATE / 5)
    assert len(posts) == 2
    await page.locator("[data-query-code]").wait_for()


async def finds_who_runs_an_allowance(browser: Browser, url: str) -> None:
    """From the first page to the policy."""
    page = await phone(browser, url)
    await page.goto("/")
    await page.get_by_role("link", name="查补贴政策和主管单位").first.click()
    await page.get_by_role("link", name="高龄津贴").first.click()
    await page.get_by_text("主管").first.wait_for()
