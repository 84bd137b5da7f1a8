"""The questions of `tests/browser/looks.js`: each finds the fault that it is there for, and nothing
in a good page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.portal.pages.open_site import look
from tests.services import chromium
from tests.services.required import browser_lacks, required

LINE = (
    "这一句话写得比四十个字长一些，好让它在电话的窄屏幕上排成好几行，"
    "看行和行之间空得够不够，边是不是齐。"
)
GOOD = f"""<!doctype html><html lang="zh-CN"><style>
  body {{ font: 18px/1.7 sans-serif; margin: 8px; max-width: 34em }}
  a:focus-visible {{ outline: 3px solid black }}
  .tag {{ border: 1px solid black }}
  .cut {{ height: 20px; overflow: hidden }} .wide {{ width: 60em }} .bar {{ position: fixed }}
  .over {{ position: absolute; inset: 0; background: white }} .small {{ font-size: 15px }}
  .tight {{ line-height: 1.3 }} .middle {{ text-align: center }}
  .still:focus-visible {{ outline: 0 }} .plain {{ border: 0 }}
  @keyframes off {{ to {{ opacity: .5 }} }} .blinks {{ animation: off 9s infinite }}
</style><body><p>{LINE}</p>
<p><a href="/">首页</a> <span class="tag">正在改</span></p></body></html>"""
FAULTS = [
    ("moving", "<p>", '<p class="blinks">', "moves"),
    ("moving", "<p>", '<p class="bar">', "stays while the page scrolls"),
    ("reading", "<p>", '<p class="small">', "is set in 15 px"),
    ("reading", "<p>", '<p class="tight">', " apart"),
    ("reading", "<p>", '<p class="wide">', "characters a line"),
    ("reading", "<p>", '<p class="middle">', "is set center"),
    ("clipped", "<p>", '<p class="cut">', "is cut off"),
    ("sideways", "<p>", '<p class="wide">', "px wide in a window"),
    ("focus", '<a href="/">', '<a href="/" class="still">', "doesn't show the focus"),
    ("focus", '<a href="/">', '<a href="/" tabindex="3">', "changes the order"),
    ("focus", "</body>", '<div class="over">盖住</div></body>', "has the focus behind"),
    ("forced", 'class="tag"', 'class="tag plain"', "has no line around it"),
    ("forced", "正在改", "", "has no words"),
    ("forced", 'class="tag"', 'class="tag" style="color: Canvas"', "can't be told from its ground"),
]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A telephone's window."""
    required(browser_lacks())
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        yield browser.new_page(viewport={"width": 360, "height": 640})


def seen(page: Page, question: str, html: str) -> list[str]:
    page.emulate_media(forced_colors="active" if question == "forced" else "none")
    page.set_content(html)
    page.keyboard.press("Tab")
    return look(page, question)


@pytest.mark.parametrize("question", sorted({question for question, *_ in FAULTS}))
def test_a_good_page_has_no_findings(page: Page, question: str) -> None:
    assert seen(page, question, GOOD) == []


@pytest.mark.parametrize(("question", "old", "new", "finding"), FAULTS)
def test_a_fault_is_found(page: Page, question: str, old: str, new: str, finding: str) -> None:
    assert old in GOOD
    found = seen(page, question, GOOD.replace(old, new, 1))
    assert any(finding in sentence for sentence in found), found
