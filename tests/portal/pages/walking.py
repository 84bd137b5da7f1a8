"""One walk over a whole public site, on which every page is looked at in every way; the tests then
ask what was seen. To open each page once for each question would take five times as long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.pages.checks import Scheme, check_page
from tests.pages.rendered import Watch, bring_axe
from tests.portal.pages.open_site import DESK, PHONE, OpenSite, look, restyle

WIDTHS = (360, 768, 1280)
# What WeChat's own setting makes of the text (关怀模式, and its largest), and then twice its size.
SCALES = (140, 175, 200)
_SPACED = """
  * {
    line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important
  }
  p { margin-block-end: 2em !important }
"""
_TWICE = "html { font-size: 225% !important }"
_WORDS = "document.body.innerText.replace(/\\s+/g, '')"


@dataclass
class Walk:
    """What was found: of each question, the addresses where something is wrong, and what."""

    found: defaultdict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))

    def note(self, question: str, where: str, seen: list[str]) -> None:
        """Keep what is wrong, if anything is."""
        if seen:
            self.found[question][where] = seen

    def wrong(self, question: str) -> dict[str, list[str]]:
        """Where something is wrong in one regard, and what; {} if all is well."""
        return self.found.get(question, {})


def walk(site: OpenSite, scheme: Scheme) -> Walk:
    """Look at every page of a site, which is shown in a scheme of colours."""
    seen, watch = Walk(), Watch(site.url)
    with site.window(color_scheme=scheme, reduced_motion="reduce") as page:
        watch.follow(page)
        bring_axe(page)
        for address in site.walk(page):
            seen.note("alone", address, watch.seen[:])
            watch.seen.clear()
            seen.note("checks", address, check_page(page, widths=WIDTHS, colours=True))
            # The last of the widths is a desk's.
            _reads(page, address, seen)
            _twice_as_large(page, address, seen)
            page.set_viewport_size(PHONE)
            _reads(page, address, seen)
            seen.note("moving", address, look(page, "moving"))
            _spaced(page, address, seen)
            page.emulate_media(forced_colors="active")
            seen.note("forced", address, look(page, "forced"))
            page.emulate_media(forced_colors="none")
            _by_keyboard(page, address, seen)
    with site.window(is_mobile=True) as page:
        for address in site.walk(page):
            _scaled(page, address, seen)
    return seen


def _reads(page: Page, address: str, seen: Walk) -> None:
    width = page.evaluate("innerWidth")
    seen.note("reading", f"{address} at {width} px", look(page, "reading"))


def _spaced(page: Page, address: str, seen: Walk) -> None:
    """Spaced text on a telephone."""
    before = page.evaluate(_WORDS)
    restyle(page, _SPACED)
    seen.note("spaced", address, look(page, "sideways") + look(page, "clipped"))
    if page.evaluate(_WORDS) != before:
        seen.note("spaced", address, ["Other words are to be seen."])
    restyle(page, "")


def _twice_as_large(page: Page, address: str, seen: Walk) -> None:
    """A desk zoomed in to half of its width, with text set larger."""
    page.set_viewport_size({"width": DESK["width"] // 2, "height": DESK["height"] // 2})
    restyle(page, _TWICE)
    seen.note("twice", address, look(page, "sideways") + look(page, "clipped"))
    restyle(page, "")


def _by_keyboard(page: Page, address: str, seen: Walk) -> None:
    # Where the keyboard was used last, the browser shows the focus wherever a script puts it.
    page.keyboard.press("Tab")
    seen.note("focus", address, look(page, "focus"))
    first = page.locator("a, button, input, select, textarea").first
    first.focus()
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "main":
        seen.note("skip", address, ["The first link doesn't lead to the text."])


def _scaled(page: Page, address: str, seen: Walk) -> None:
    for scale in SCALES:
        restyle(page, f"html {{ -webkit-text-size-adjust: {scale}% !important }}")
        large = look(page, "sideways") + look(page, "clipped")
        seen.note("scaled", f"{address} at {scale} %", large)
