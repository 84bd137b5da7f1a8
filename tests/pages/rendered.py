"""What can only be asked of a page in a browser: contrast, targets, scrolling, weight, dialogs."""

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.pages.weight import MOST_BYTES
from tests.services import node

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

NARROWEST = 320
TARGET = 44
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Running text is held to AAA. Targets are measured here against 44 px; axe knows 24.
EXTRA_RULES = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}


def findings(page: "Page", *, accessible: bool = True) -> list[str]:
    """Return what is wrong with the page as it is open now, a sentence a finding; with axe's rules
    unless they were asked before.

    Sizes are measured at the page's own width and at 320 px. Raises LookupError when axe-core
    isn't installed.
    """
    found = _measure(page, once=True)
    found += _axe(page) if accessible else []
    size = page.viewport_size
    if size is not None and size["width"] > NARROWEST:
        page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
        found += _measure(page, once=False)
        page.set_viewport_size(size)
    return found


def contrast(page: "Page") -> list[str]:
    """Return where the page's colours are too near each other, a sentence a finding; raises
    LookupError when axe-core isn't installed."""
    rules = ["color-contrast", "color-contrast-enhanced"]
    return _violations(page, {"runOnly": {"type": "rule", "values": rules}})


@dataclass
class Watch:
    """What a page does on its own while a test walks through it."""

    home: str
    seen: list[str] = field(default_factory=list)

    def follow(self, page: "Page") -> None:
        """Listen to a page from now on; `seen` then holds a sentence a finding."""
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.seen.append(f"A script failed: {error}"))
        page.on("request", self._request)

    def _dialog(self, dialog: "Dialog") -> None:
        self.seen.append(f"The page opened a dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: "ConsoleMessage") -> None:
        # The browser also reports a page's own status, which is the test's matter.
        if message.type == "error" and "the server responded with a status" not in message.text:
            self.seen.append(f"The browser complained: {message.text}")

    def _request(self, request: "Request") -> None:
        if not request.url.startswith((self.home, "data:")):
            self.seen.append(f"The page asked for {request.url}, outside {self.home}.")


@cache
def _source(file: str) -> str:
    return (node.HOME / file).read_text(encoding="utf-8").rstrip().rstrip(";")


def _measure(page: "Page", *, once: bool) -> list[str]:
    measured = page.evaluate(
        _source("measure.js"), {"target": TARGET, "weight": MOST_BYTES, "once": once}
    )
    return [str(sentence) for sentence in measured]


def _axe(page: "Page") -> list[str]:
    return _violations(page, {"runOnly": {"type": "tag", "values": TAGS}, "rules": EXTRA_RULES})


def _violations(page: "Page", asked: dict[str, Any]) -> list[str]:
    if not node.AXE.exists():
        raise LookupError(node.missing())
    page.evaluate(_source(str(node.AXE.relative_to(node.HOME))))
    # What passes is counted and not described, which takes half of the time.
    options = {**asked, "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {violation['help']}, at {_where(one)}: {_why(one)}"
        for violation in result["violations"]
        for one in violation["nodes"]
    ]


def _where(found: dict[str, Any]) -> str:
    return " ".join(str(step) for step in found["target"])


def _why(found: dict[str, Any]) -> str:
    return str(found["failureSummary"]).replace("\n", " ")
