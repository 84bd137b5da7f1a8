"""Judges every page that anybody opens on the way: its markup each time, and once for each kind of
page, with html-validate too, how it stands on a phone and on a desk."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Page, Response, Route
from werkzeug.exceptions import HTTPException

from tests.pages.checks import check_html, check_page
from tests.pages.rendered import bring_axe

PHONE, DESK = 360, 1280
_TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.DOTALL)
_NUMBERS = re.compile(r'value="[^"]*"|[0-9]+')
# These belong to the message that carried the page, not to the page.
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding", "set-cookie"}


@dataclass
class Judged:
    """What was judged before, and needn't be again: each page by its bones, each kind of page as
    it is shown. The kinds lie in a folder, as names that all workers see."""

    folder: Path
    bones: set[int] = field(default_factory=set)

    def is_new(self, kind: str) -> bool:
        """Whether nobody has judged this kind of page; whoever asks first does."""
        try:
            (self.folder / hashlib.sha256(kind.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Inspector:
    """What was found so far, a sentence a finding, in `findings`.

    People walk with JavaScript off, but the judges are written in it: they get a window of their
    own, in which a page stands exactly as it was answered.
    """

    def __init__(self, browser: Browser, judged: Judged) -> None:
        self.findings: list[str] = []
        self._judged = judged
        self._window: Page = browser.new_context(locale="zh-CN").new_page()
        bring_axe(self._window)

    def judge(self, response: Response, site: Flask) -> None:
        """Judge one answer of a site."""
        html, where = response.text(), urlsplit(response.url).path
        # The same page again, but for its token and its numbers, would only be judged the same.
        bones, kind = hash(_NUMBERS.sub("", html)), _kind_of(response, site, html)
        is_new = self._judged.is_new(kind)
        found = [] if bones in self._judged.bones else check_html(html, thorough=is_new)
        self._judged.bones.add(bones)
        if "<html" not in html:
            found.append(f"{response.status} is no page but {html[:100]!r}.")
        if is_new:
            found += self._shown_as(response, html)
        self.findings += [f"{response.request.method} {where}: {sentence}" for sentence in found]

    def _shown_as(self, response: Response, html: str) -> list[str]:
        headers = {n: v for n, v in response.headers.items() if n not in _OF_THE_WIRE}

        def answer_again(route: Route) -> None:
            route.fulfill(status=200, headers=headers, body=html)

        self._window.set_viewport_size({"width": PHONE, "height": 800})
        self._window.route(response.url, answer_again)
        self._window.goto(response.url)
        found = check_page(self._window, widths=(PHONE, DESK))
        self._window.unroute(response.url)
        return found


def _kind_of(response: Response, site: Flask, html: str) -> str:
    """The endpoint; where a form is answered in place, its title as well, without any numbers."""
    method, path = response.request.method, urlsplit(response.url).path
    if response.status >= 400:
        return f"{site.name} {response.status}"
    try:
        endpoint, _ = site.url_map.bind("localhost").match(path, method=method)
    except HTTPException as wrong:
        return f"{path} {wrong.code}"
    if method == "GET":
        return f"{endpoint}"
    title = _TITLE.search(html)
    return f"{endpoint} {re.sub(r'[ -~]+', '', title[1]) if title else ''}"
