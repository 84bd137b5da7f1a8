"""What can only be asked of a page in a browser: contrast, targets, scrolling, weight, dialogs."""

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from tests.pages.weight import MOST_BYTES
from tests.services import node

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

NARROWEST = 320
TARGET = 44
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Running text is held to AAA. Targets are measured here against 44 px; axe knows 24.
EXTRA_RULES = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
# Of all the rules only these look at colours, and only those at where a thing stands; the others
# read the tree of the page, which has neither a width nor a colour. What is too pale for AA the
# enhanced rule leaves to the other one.
COLOURS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
PLACES = ("target-size", "scrollable-region-focusable")
_HAS_AXE: WeakSet["Page"] = WeakSet()


def bring_axe(page: "Page") -> None:
    """Have axe at hand on every page that is opened in a window from now on: to hand it over anew
    for each of them takes twice as long."""
    if node.AXE.exists() and page not in _HAS_AXE:
        _HAS_AXE.add(page)
        page.add_init_script(path=node.AXE)


def measured(page: "Page", *, once: bool = True) -> list[str]:
    """Return which sizes are wrong at the width that the page has now, a sentence a finding; and,
    `once`, what it loads and whether it opens dialogs."""
    asked = {"target": TARGET, "weight": MOST_BYTES, "once": once}
    return [str(sentence) for sentence in page.evaluate(_source("measure.js"), asked)]


def measured_at_its_narrowest(page: "Page") -> list[str]:
    """The same at 320 px; the page is as wide as before afterwards."""
    size = page.viewport_size
    if size is None or size["width"] <= NARROWEST:
        return []
    page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
    found = measured(page, once=False)
    page.set_viewport_size(size)
    return found


def accessible(page: "Page", *, only: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds on the page as it stands, by all of its rules or by a few, a sentence a
    finding; raises LookupError when axe-core isn't installed."""
    if only:
        return _violations(page, {"runOnly": {"type": "rule", "values": list(only)}})
    return _violations(page, {"runOnly": {"type": "tag", "values": TAGS}, "rules": EXTRA_RULES})


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


def _violations(page: "Page", asked: dict[str, Any]) -> list[str]:
    if not node.AXE.exists():
        raise LookupError(node.missing())
    if not page.evaluate("'axe' in window"):
        # Where one page of a window is judged, others will be.
        bring_axe(page)
        page.evaluate(_source(str(node.AXE.relative_to(node.HOME))))
    # What passes is counted and not described, which takes half of the time. Nothing is fetched
    # once more for rules about sound and film: no page has either.
    options = {**asked, "resultTypes": ["violations"], "preload": False}
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
