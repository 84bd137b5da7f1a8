"""Somebody at a browser without JavaScript, who does one thing after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Page, Response

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.town import Town


class Walker:
    """A person and his window. Every page that he comes to is judged on the way."""

    def __init__(self, town: Town, page: Page) -> None:
        self.town, self.page = town, page

    @property
    def site(self) -> Flask:
        """The site he is on."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """What he reads: the page without its frame."""
        return self.page.locator("main").inner_text()

    @property
    def told(self) -> str:
        """What the page says about what was just done."""
        return " ".join(self.page.locator("[role=status]").all_inner_texts())

    def is_offered(self, name: str) -> bool:
        """Whether the page has a button or a link of that name."""
        found = [self.page.get_by_role(role, name=name).count() for role in ("button", "link")]
        return any(found)

    def open(self, path: str) -> Response:
        """Go to an address."""
        answer = self.page.goto(path)
        assert answer is not None
        return self._arrived(answer)

    def press(self, name: str) -> Response:
        """Press a button."""
        button = self.page.get_by_role("button", name=name, exact=True)
        return self._go(button.click)

    def follow(self, name: str, *, within: str = "main") -> Response:
        """Follow the first link of that name."""
        link = self.page.locator(within).get_by_role("link", name=name).first
        return self._go(link.click)

    def write(self, **fields: str) -> None:
        """Fill in fields by their labels."""
        for label, text in fields.items():
            self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, **fields: str) -> None:
        """Choose from lists by their labels."""
        for label, value in fields.items():
            self.page.get_by_label(label, exact=True).select_option(value)

    def tick(self, label: str) -> None:
        """Tick a box or pick one of several."""
        self.page.get_by_label(label, exact=True).check()

    def _go(self, act: Callable[[], None]) -> Response:
        with self.page.expect_navigation() as going:
            act()
        return self._arrived(going.value)

    def _arrived(self, answer: Response) -> Response:
        self.town.inspector.judge(answer, self.site)
        return answer
