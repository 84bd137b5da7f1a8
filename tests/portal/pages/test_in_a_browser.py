"""What every public page, every form and every answer to one looks like: on a telephone and a desk,
with large text, in few or dark colours, by keyboard and on paper.

The ids are those of `docs/service-design-checks.md`.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pypdfium2.raw as raw
import pytest

from tests.deployments import Deployment
from tests.pages.checks import Scheme
from tests.portal.pages.open_site import FORMS, PHONE, OpenSite, answered_pages, restyle
from tests.portal.pages.sites import Site
from tests.portal.pages.walking import Walk, walk

STATIC = Path(__file__).parents[3] / "portal" / "static"
# Either campaign's pages are the same but for its data: one walk sees them light, one dark.
_SCHEMES: dict[str, Scheme] = {"jianghan-2022": "light", "caidian-cdpf-2022": "dark"}


@pytest.fixture(scope="module")
def walked(open_site: OpenSite) -> Walk:
    """Every page of a campaign, looked at once."""
    return walk(open_site, _SCHEMES[open_site.campaign])


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "checks", id="axe, widths, colours, targets, weight, dialogs"
        ),  # A2, A4, A9, A11, A12
        pytest.param("alone", id="no script, nothing from outside"),  # A11
        pytest.param("reading", id="size, line height, length and edge of lines"),  # B2
        pytest.param("moving", id="nothing moves or floats"),  # A12
        pytest.param("spaced", id="spaced text"),  # A6
        pytest.param("twice", id="twice the size"),  # A5
        pytest.param("scaled", id="text as large as WeChat makes it"),  # A5, B3
        pytest.param("forced", id="forced colours"),  # A14
        pytest.param("focus", id="focus seen and not covered"),  # A7, A8
        pytest.param("skip", id="skip link"),  # A3
    ],
)
def test_every_page_is_as_designed(walked: Walk, question: str) -> None:
    assert walked.wrong(question) == {}


def test_both_campaigns_show_the_same_pages(deployment: Deployment, caidian: Deployment) -> None:
    """So that each of them may be looked at in one scheme of colours."""
    kinds = []
    for one in (deployment, caidian):
        site, known = Site(one).with_everything(), one.public.url_map.bind("localhost")
        addresses = (urlsplit(address) for address in (*site.pages(), *FORMS))
        shown = [(known.match(at.path)[0], sorted(parse_qs(at.query))) for at in addresses]
        kinds.append([*shown, *answered_pages(site)])
    assert kinds[0] == kinds[1]


def test_no_width_hides_what_another_shows() -> None:
    """A2: so that axe may be asked once about all that has nothing to do with widths."""
    by_width = re.compile(r"@media \([a-z-]*width: [^{]*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
    found = {
        rule.strip()
        for sheet in STATIC.glob("*.css")
        if sheet.name != "staff.css"
        for block in by_width.findall(sheet.read_text("utf-8"))
        for rule in re.findall(r"([^{}]*)\{[^{}]*(?:display: none|visibility)[^{}]*\}", block)
    }
    # An empty cell of a table says nothing either.
    assert found == {".stacks td:empty"}


def test_text_does_grow_where_the_reader_wants_it(open_site: OpenSite) -> None:
    """A5: the test above would say nothing if the setting did nothing."""
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    height = "document.querySelector('main p').getBoundingClientRect().height"
    with open_site.window(is_mobile=True) as page:
        page.goto("/safety")
        before = page.evaluate(height)
        restyle(page, "html { -webkit-text-size-adjust: 200% !important }")
        assert page.evaluate(height) > 1.8 * before
        restyle(page, "html { font-size: 225% !important }")
        assert page.evaluate(size) == pytest.approx(36)


@pytest.mark.parametrize("address", ["/", "/results", "/report/complaint"])
def test_the_keyboard_comes_to_everything_and_out_again(open_site: OpenSite, address: str) -> None:
    """A3, A8."""
    at = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
    with open_site.window() as page:
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText") == "跳到正文"
        assert page.locator(":focus").bounding_box() is not None
        stops = [page.evaluate(at)]
        while True:
            page.keyboard.press("Tab")
            here = page.evaluate(at)
            if page.evaluate("document.activeElement === document.body") or here == stops[0]:
                break
            stops.append(here)
            assert len(stops) < 400, "the keyboard doesn't come out of the page"
        # One group of radio buttons is one stop.
        assert stops == sorted(set(stops))
        links = page.locator("a[href]:visible, button:visible").count()
        assert len(stops) >= links


def test_the_first_screen_tells_what_to_do(open_site: OpenSite) -> None:
    """B1: three large acts, the two numbers and the word on safety fit 360×640."""
    campaign = open_site.site.book.campaign
    with open_site.window() as page:
        page.goto("/")
        acts = [act.bounding_box() for act in page.locator("main .act").all()]
        assert len(acts) == 3
        for box in acts:
            assert box is not None
            assert box["height"] >= 60
        for seen in (
            page.locator("main .act").last,
            page.locator(f"header a[href='tel:{campaign.hotline}']"),
            page.locator(f"header a[href='sms:{campaign.text_number}']"),
            page.get_by_text("我们不会把您的身份和写的内容交给您反映的人和单位"),
        ):
            box = seen.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= PHONE["height"]


def test_a_receipt_fits_one_picture_of_the_screen(open_site: OpenSite) -> None:
    """B15."""
    with open_site.window() as page:
        page.goto("/answered/receipt")
        top = page.locator("section.sheet").bounding_box()
        assert top is not None
        # Whoever takes the picture has scrolled to it.
        assert top["height"] <= PHONE["height"]
        code = page.locator(".code > span")
        heights = [box["height"] for row in code.all() if (box := row.bounding_box())]
        assert len(heights) == 2
        assert max(heights) < 2 * 1.35 * 1.55 * 18


def test_what_is_wrong_has_the_focus_and_leads_to_its_field(open_site: OpenSite) -> None:
    """B8, B9, with scripts off: they are needed here only to ask where the focus is."""
    with open_site.window() as page:
        page.goto("/answered/refused")
        assert page.evaluate("document.activeElement.matches('.summary')")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.summary a[href^=\"#\"]')")
        page.keyboard.press("Enter")
        field = page.evaluate("document.activeElement.getAttribute('aria-invalid')")
        assert field == "true"


def test_paper_shows_the_page_and_not_its_frame(open_site: OpenSite) -> None:
    """A17: no navigation, 12 pt at least, and every number whole on one line."""
    policy = f"/policies/{open_site.site.some_policy}"
    notice, result = "/notices/hotline", "/results/WT-0001"
    with open_site.window() as page:
        for address in (policy, notice, result, "/hotlines", "/answered/receipt"):
            page.goto(address)
            numbers = page.locator("main .tel, main .code > span").all_inner_texts()
            lines, smallest = printed(page.pdf(format="A4"))
            text = "\n".join(lines)
            assert smallest >= 11.9, address
            for frame in ("跳到正文", "查进度 ", "无障碍说明", "快速离开这一页"):
                assert frame not in text, (address, frame)
            assert page.locator("h1").inner_text()[:6] in text.replace("\n", ""), address
            for number in numbers:
                whole = number.replace(" ", "")
                assert any(whole in line.replace(" ", "") for line in lines), (address, number)


def test_paper_shows_what_is_folded_on_the_screen(open_site: OpenSite) -> None:
    """A17: a sheet can't be unfolded. Lines break anywhere, so that spaces don't count."""
    book = open_site.site.book
    policy = book.policies[open_site.site.some_policy]
    problem = next(iter(book.problem_types.values()))
    told = {
        "/responsibilities": [
            *(one.name for one in book.policies.values()),
            problem.plain_text,
            problem.plan_text,
        ],
        f"/policies/{policy.code}": [policy.legal_basis],
    }
    with open_site.window() as page:
        for address, words in told.items():
            page.goto(address)
            assert not page.get_by_text(words[0], exact=False).last.is_visible(), address
            lines, _ = printed(page.pdf(format="A4"))
            text = unicodedata.normalize("NFKC", "".join("".join(lines).split()))
            for one in words:
                plain = unicodedata.normalize("NFKC", "".join(one.split()))
                assert plain in text, (address, one)


def printed(pdf: bytes) -> tuple[list[str], float]:
    """The lines that stand on the paper, and the size of the smallest letter, in points."""
    lines, sizes = [], []
    with pypdfium2.PdfDocument(pdf) as document:
        for sheet in document:
            text = sheet.get_textpage()
            lines += text.get_text_bounded().splitlines()
            for at in range(text.count_chars()):
                if not raw.FPDFText_IsGenerated(text, at):
                    matrix = raw.FS_MATRIX()
                    raw.FPDFText_GetMatrix(text, at, matrix)
                    sizes.append(raw.FPDFText_GetFontSize(text, at) * matrix.a)
    return lines, min(sizes)
