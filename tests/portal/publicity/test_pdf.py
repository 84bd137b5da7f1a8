"""The sheets as PDF: real text in an embedded font, on the right paper, with the same code.

That the code in the picture is the address is shown by its modules: every one of them is where
segno puts it for that address.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pypdfium2
import pytest
import segno
from PIL import Image

from portal.campaign.place import Place, PlaceKind
from portal.publicity.fonts import font_folder
from portal.publicity.pdf import NoPdf, sheet_pdf
from portal.publicity.sheet import Sheet
from portal.publicity.sheet_words import SheetWords, sheet_words
from tests.deployments import Deployment
from tests.portal.pages.sites import Site
from tests.portal.pages.test_publicity import SAFE

FONTS = font_folder(Path("/usr/share/fonts"))
pytestmark = pytest.mark.skipif(FONTS is None, reason="fonts-noto-cjk is missing")
PAGES = {Sheet.POSTER: 1, Sheet.LEAFLET: 2, Sheet.COUNTER_CARD: 1}
POINTS = 72 / 25.4


@pytest.fixture
def site(each_campaign: Deployment) -> Site:
    return Site(each_campaign)


def some_streets(site: Site) -> list[Place | None]:
    """The whole district, the street with the shortest name and that with the longest."""
    streets = [one for one in site.book.places.values() if one.kind is PlaceKind.STREET]
    by_length = sorted(streets, key=lambda one: len(one.name))
    return [None, by_length[0], by_length[-1]]


def files(site: Site) -> Iterator[tuple[Sheet, Place | None, bytes]]:
    for place in some_streets(site):
        for sheet in Sheet:
            path = f"/{place.code}.pdf" if place else ".pdf"
            answer = site.get(f"/publicity/{sheet.value}{path}")
            assert answer.mimetype == "application/pdf"
            assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
            name = place.name if place else site.book.campaign.district
            said = unquote(answer.headers["Content-Disposition"])
            assert f"{sheet.plain}-{name}.pdf" in said
            yield sheet, place, answer.data


def text_of(document: pypdfium2.PdfDocument) -> str:
    found = []
    for page in document:
        with closing(page), closing(page.get_textpage()) as text:
            found.append(text.get_text_range())
    return re.sub(r"\s+", "", "".join(found))


def test_a_sheet_is_real_text_on_the_right_paper(site: Site) -> None:
    campaign = site.book.campaign
    for sheet, place, content in files(site):
        with closing(pypdfium2.PdfDocument(content)) as document:
            sizes = [document.get_page_size(at) for at in range(len(document))]
            said = text_of(document)
        assert len(sizes) == PAGES[sheet], (sheet, place)
        for width, height in sizes:
            assert (round(width / POINTS), round(height / POINTS)) == sheet.size
        wanted = (
            campaign.hotline,
            campaign.text_number,
            *SAFE,
            "110或120",
            campaign.organiser,
            f"{campaign.district}{place.name if place else ''}",
            "样张",
        )
        assert [one for one in wanted if one not in said] == [], (sheet, place)
        if sheet is not Sheet.COUNTER_CARD:
            types = site.book.problem_types.values()
            assert [one.code for one in types if one.plain_text not in said] == []


def test_every_font_is_embedded_as_a_subset(site: Site) -> None:
    for _, _, content in files(site):
        with pikepdf.open(io.BytesIO(content)) as document:
            fonts = [one for one in document.objects if is_font(one)]
            assert fonts
            for font in fonts:
                assert re.match(r"/[A-Z]{6}\+NotoSansCJK", str(font.FontName)), font.FontName
                assert {"/FontFile2", "/FontFile3"} & set(font.keys())
        # Thousands of signs that nobody uses would be megabytes.
        assert len(content) < 200_000


def is_font(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"


def test_the_code_on_paper_leads_to_the_form(site: Site) -> None:
    for sheet, place, content in files(site):
        target = f"{site.deployment.settings.public_url}/report"
        target += f"?place={place.code}" if place else ""
        code = segno.make(target, micro=False, error="m")
        wanted = [[bool(module) for module in row] for row in code.matrix]
        assert drawn(content, len(wanted)) == wanted, (sheet, place)


def drawn(content: bytes, modules: int) -> list[list[bool]]:
    """The modules of the code in a PDF's first page, read in the middle of each."""
    with closing(pypdfium2.PdfDocument(content)) as document, closing(document[0]) as page:
        picture = page.render(scale=4, grayscale=True).to_pil()
    left, top, size = corner(picture, modules)
    module = size / modules
    return [
        [
            picture.getpixel((int(left + (x + 0.5) * module), int(top + (y + 0.5) * module))) < 128
            for x in range(modules)
        ]
        for y in range(modules)
    ]


def corner(picture: Image.Image, modules: int) -> tuple[int, int, float]:
    """Where the code begins, and how wide it is: it is the first dark thing on the right half that
    has the finder's proportions, 7 modules dark on its upper edge and 7 on the other side."""
    dark = picture.point(lambda value: 255 if value < 128 else 0).convert("1")
    for top in range(picture.height):
        row = dark.crop((picture.width // 2, top, picture.width, top + 1))
        box = row.getbbox()
        if box is None:
            continue
        left, right = picture.width // 2 + box[0], picture.width // 2 + box[2]
        side = right - left
        finder = side * 7 / modules
        if is_finder(dark, left, top, finder) and is_finder(dark, right - finder, top, finder):
            return left, top, side
    raise AssertionError("there is no code")


def is_finder(dark: Image.Image, left: float, top: int, side: float) -> bool:
    """Whether a finder's square begins here: dark, light, three dark, light, dark."""
    module = side / 7
    middle = int(top + side / 2)
    if middle >= dark.height or module < 1:
        return False
    pattern = [
        bool(dark.getpixel((min(int(left + (at + 0.5) * module), dark.width - 1), middle)))
        for at in range(7)
    ]
    return pattern == [True, False, True, True, True, False, True]


def test_the_same_words_are_the_same_file_and_set_once(site: Site) -> None:
    first, again = (site.get("/publicity/poster.pdf") for _ in range(2))
    assert first.headers["ETag"] == again.headers["ETag"]
    known = {"If-None-Match": first.headers["ETag"]}
    assert site.client.get("/publicity/poster.pdf", headers=known).status_code == 304


def some_words(site: Site) -> SheetWords:
    return sheet_words(site.book, None, "https://example.test")


def test_markup_in_the_campaigns_words_stays_text(site: Site) -> None:
    words = some_words(site)
    words.title[0] = "#panic() $x$ *b*"
    assert FONTS is not None
    made = sheet_pdf(Sheet.COUNTER_CARD, words, "<svg xmlns='http://www.w3.org/2000/svg'/>", FONTS)
    with closing(pypdfium2.PdfDocument(made)) as document:
        assert "#panic()$x$*b*" in text_of(document)


def test_longer_words_still_fit_their_page(site: Site) -> None:
    words = some_words(site)
    words.safety.extend(["请把这一句也印上，它很长很长，长到原来的字号放不下。"] * 8)
    assert FONTS is not None
    for sheet in Sheet:
        made = sheet_pdf(sheet, words, "<svg xmlns='http://www.w3.org/2000/svg'/>", FONTS)
        with closing(pypdfium2.PdfDocument(made)) as document:
            assert len(document) == PAGES[sheet]


def test_what_cannot_be_set_says_why(site: Site) -> None:
    assert FONTS is not None
    with pytest.raises(NoPdf, match="SVG"):
        sheet_pdf(Sheet.POSTER, some_words(site), "no picture", FONTS)
