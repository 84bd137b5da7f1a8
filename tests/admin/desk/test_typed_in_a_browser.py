"""A browser opens what a hundred hostile texts were typed into, and nothing of them is more than
text; and whoever goes back after signing out sees no case."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright
from werkzeug.serving import make_server

from intake.cases.case import Identity
from tests.admin.desk.people import WORDS, Desks
from tests.deployments import Deployment
from tests.portal.pages.published import publish_notice
from tests.portal.pages.released import release
from tests.services import chromium
from tests.services.required import browser_lacks, required

# What leaves the place that a text stands in, and what would then be more than text.
OUT_OF = (
    "",
    '">',
    "'>",
    "</p>",
    "</textarea>",
    "</title>",
    "</option></select>",
    "-->",
    "]]>",
    "\\",
)
MARK = "data-hostile"
MORE_THAN_TEXT = (
    f"<script {MARK}>alert(1)</script>",
    f"<img {MARK} src=x onerror=alert(1)>",
    f"<svg {MARK} onload=alert(1)>",
    f"<a {MARK} href='javascript:alert(1)'>点这里</a>",
    f"<iframe {MARK} srcdoc='<script>alert(1)</script>'></iframe>",
    f"<input {MARK} autofocus onfocus=alert(1)>",
    f"<style {MARK}>main{{display:none}}</style>",
    f"<base {MARK} href='//elsewhere.example/'>",
    f"<form {MARK} action='//elsewhere.example/'><button>好</button></form>",
    f"{{{{7*191}}}}{{% for x in y %}}<b {MARK}>",
)
PAYLOADS = "\n".join(out + more for out, more in product(OUT_OF, MORE_THAN_TEXT))
SHORT = f"\"'><img {MARK} src=x onerror=alert(1)>"


@contextmanager
def answering(app: Flask) -> Iterator[str]:
    """A site at an address of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


@dataclass
class Seen:
    """What a browser did that nobody asked it to do."""

    page: Page
    site: str
    strange: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)
        self.page.on("request", self._request)

    def _dialog(self, dialog: Dialog) -> None:
        self.strange.append(f"dialog on {self.page.url}")
        dialog.dismiss()

    def _console(self, said: ConsoleMessage) -> None:
        # It says so too when a page answers 404, which is none of this test's business.
        if "Failed to load resource" not in said.text:
            self.strange.append(f"{self.page.url}: {said.text[:200]}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(f"{self.site}/"):
            self.strange.append(f"{self.page.url} asked for {request.url[:100]}")

    def opens(self, path: str, shows: str = "onerror=alert(1)") -> None:
        """Open a page on which the text has to be seen as text."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == 200, path
        self.shows(shows)

    def shows(self, text: str) -> None:
        """The text is there to be read, and no element came of it."""
        fields = self.page.locator("textarea, input:not([type=hidden])")
        typed = "".join(one.input_value() for one in fields.all() if one.is_editable())
        assert text in self.page.locator("main").inner_text() + typed, self.page.url
        if self.page.locator(f"[{MARK}]").count():
            self.strange.append(f"an element on {self.page.url}")
        assert "1337" not in self.page.content()


@pytest.fixture
def browser() -> Iterator[Browser]:
    required(browser_lacks())
    with sync_playwright() as playwright, chromium.launch(playwright) as launched:
        yield launched


def at_the_desk(browser: Browser, desks: Desks, name: str, site: str) -> Page:
    """The desk of somebody who is signed in."""
    cookie = desks.at(name).get_cookie("hh_staff")
    assert cookie is not None
    window = browser.new_context(locale="zh-CN")
    window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return window.new_page()


def hostile_case(desks: Desks) -> tuple[str, str]:
    """A case all of whose texts are hostile; its number and code."""
    made = desks.register(
        words=PAYLOADS,
        on_behalf_of=SHORT,
        accused=SHORT,
        identity=Identity.REAL_NAME,
        contact_name=SHORT,
        contact_phone="13800001111",
    )
    acts = [("sign-for", ""), ("accept", ""), ("draft", PAYLOADS)]
    desks.through(made.case.number, *(("mz-officer", act, words) for act, words in acts))
    desks.through(made.case.number, ("mz-head", "reply", PAYLOADS))
    return made.case.number, made.query_code


def publish(deployment: Deployment) -> None:
    """A notice and a result whose texts are hostile."""
    with deployment.database.writing() as session:
        publish_notice(session, "hostile", title=SHORT, summary=SHORT, body=PAYLOADS, source=SHORT)
        release(session, "WT-0001", summary=SHORT, measures=PAYLOADS, progress=SHORT)


def test_what_a_hundred_hostile_texts_say_is_only_read(browser: Browser, desks: Desks) -> None:
    assert len(PAYLOADS.splitlines()) == 100
    number, code = hostile_case(desks)
    publish(desks.deployment)
    with ExitStack() as stack:
        staff, public = (
            stack.enter_context(answering(app))
            for app in (desks.deployment.staff, desks.deployment.public)
        )
        officer = Seen(at_the_desk(browser, desks, "mz-officer", staff), staff)
        for path in ("", "/approval-sheet"):
            officer.opens(f"/staff/cases/{number}{path}")
        office = Seen(at_the_desk(browser, desks, "office", staff), staff)
        office.opens(f"/staff/cases/{number}")
        citizen = Seen(browser.new_page(), public)
        citizen.opens("/notices/hostile")
        citizen.opens("/results/WT-0001")
        citizen.opens("/results")
        citizen.opens("/search?q=onerror")
        citizen.page.goto(f"{public}/progress")
        citizen.page.get_by_label("查询码").fill(code)
        citizen.page.get_by_role("button", name="查", exact=True).click()
        citizen.shows("onerror=alert(1)")
        assert officer.strange + office.strange + citizen.strange == []


def test_who_goes_back_after_signing_out_sees_no_case(browser: Browser, desks: Desks) -> None:
    number = desks.case()
    with answering(desks.deployment.staff) as staff:
        page = at_the_desk(browser, desks, "mz-officer", staff)
        page.goto(f"{staff}/staff/cases")
        page.goto(f"{staff}/staff/cases/{number}")
        assert WORDS in page.content()
        page.get_by_role("button", name="退出", exact=True).click()
        page.wait_for_url("**/staff/sign-in*")
        for _ in range(2):
            page.go_back()
            assert WORDS not in page.content()
            assert number not in page.locator("body").inner_text()
            assert "登录" in page.title()
