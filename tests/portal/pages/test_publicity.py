"""Publicity on the public site of both campaigns: sheets, texts, and where their code leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
import segno
from sqlalchemy import update

from portal.campaign.campaign import Campaign
from portal.campaign.place import Place, PlaceKind
from portal.campaign.revision import new_book_revision
from portal.publicity.sheet import Sheet
from portal.publicity.spoken_text import SpokenText
from tests.pages.checks import check_html
from tests.portal.pages.sites import Site
from tests.portal.pages.test_words import LONGEST, STIFF
from tests.services import node
from wsgi import create_app

TEXTS = Path(__file__).parents[3] / "templates" / "portal" / "publicity"
SAFE = (
    "我们不会把您的身份和写的内容交给您反映的人和单位。",
    "只有您知道的细节可能让对方猜到是您，拿不准就告诉我们。",
)
SAMPLE = "样张：电话号码是示例"


def streets(site: Site) -> list[Place]:
    return [one for one in site.book.places.values() if one.kind is PlaceKind.STREET]


def sheets(site: Site) -> Iterator[tuple[Place | None, str]]:
    """Every sheet of the district and of each street."""
    for place in (None, *streets(site)):
        for sheet in Sheet:
            yield place, f"/publicity/{sheet.value}" + (f"/{place.code}" if place else "")


def paper(page: str) -> str:
    """What is printed of a page, without its markup."""
    printed = page.partition('<div class="paper">')[2].partition("</main>")[0]
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", printed)))


def test_every_sheet_says_what_it_must(site: Site) -> None:
    campaign = site.book.campaign
    for place, address in sheets(site):
        said = paper(site.text(address))
        wanted = (
            "补贴没领到、领少了、被扣了？",
            campaign.hotline,
            campaign.hotline_hours.replace(" ", ""),
            campaign.text_number,
            *SAFE,
            "110或120",
            campaign.organiser,
            f"{campaign.district}{place.name if place else ''}",
            site.deployment.settings.public_url.partition("://")[2],
        )
        assert [one for one in wanted if one not in said] == [], address
        assert "绝对保密" not in said
        others = [one.name for one in streets(site) if one != place]
        assert [name for name in others if f"{campaign.district}{name}" in said] == []


def test_poster_and_leaflet_name_every_problem(site: Site) -> None:
    for sheet in (Sheet.POSTER, Sheet.LEAFLET):
        said = paper(site.text(f"/publicity/{sheet.value}"))
        types = site.book.problem_types.values()
        assert [one.code for one in types if one.plain_text not in said] == []


def test_the_code_carries_the_place_and_nothing_else(site: Site) -> None:
    for place, address in sheets(site):
        target = f"{site.deployment.settings.public_url}/report"
        target += f"?place={place.code}" if place else ""
        drawn = re.search(r"<svg.*?</svg>", site.text(address), re.DOTALL)
        assert drawn is not None
        code = segno.make(target, micro=False, error="m")
        modules = re.findall(r' d="([^"]+)"', code.svg_inline(border=4, lineclass=None))
        assert len(modules) == 1
        assert f'd="{modules[0]}"' in drawn.group()
        assert "style=" not in drawn.group()


def test_a_scanned_place_reaches_the_form(site: Site) -> None:
    street = streets(site)[-1]
    kinds = site.client.get(f"/report?place={street.code}").text
    assert f"地方是{street.name}" in kinds
    forms = re.findall(rf'href="(/report/[a-z-]+\?place={street.code})"', kinds)
    assert len(forms) == 5
    for form in forms:
        chosen = re.findall(r'<option value="([^"]*)" selected>', site.client.get(form).text)
        assert chosen == [street.code], form
    both = f"/report/complaint?policy={site.some_policy}&place={street.code}"
    chosen = re.findall(r'<option value="([^"]*)" selected>', site.client.get(both).text)
    assert chosen == [site.some_policy, street.code]


def test_an_unknown_place_is_no_place(site: Site) -> None:
    for address in ("/report?place=999", "/report?place=<b>"):
        kinds = site.client.get(address)
        assert kinds.status_code == 200
        assert "place=" not in kinds.text
    form = site.client.get('/report/complaint?place=999"><b>').text
    assert " selected>" not in form
    assert '"><b>' not in form


@pytest.mark.parametrize(
    "address",
    [
        "/publicity/banner",
        "/publicity/banner.pdf",
        "/publicity/places/999",
        "/publicity/poster/999",
        "/publicity/poster/999.pdf",
        "/publicity/texts/song.txt",
        "/publicity/texts/radio/999.txt",
    ],
)
def test_what_is_not_there_is_not_found(site: Site, address: str) -> None:
    assert site.client.get(address).status_code == 404


def test_sheets_are_for_streets(site: Site) -> None:
    community = next(one for one in site.book.places.values() if one.kind is PlaceKind.COMMUNITY)
    assert site.client.get(f"/publicity/poster/{community.code}").status_code == 404


def test_the_list_offers_each_street_all_of_it(site: Site) -> None:
    front = site.text("/publicity")
    for street in streets(site):
        assert f'href="/publicity/places/{street.code}"' in front
        page = site.text(f"/publicity/places/{street.code}")
        assert check_html(page, thorough=not node.missing()) == []
        for sheet in Sheet:
            assert f'href="/publicity/{sheet.value}/{street.code}"' in page
        for text in SpokenText:
            assert f'href="/publicity/texts/{text.value}/{street.code}.txt"' in page


def test_texts_are_files_with_the_words_of_the_page(site: Site) -> None:
    campaign = site.book.campaign
    for place in (None, *streets(site)):
        page = unescape(site.text("/publicity" + (f"/places/{place.code}" if place else "")))
        for text in SpokenText:
            answer = site.get(
                f"/publicity/texts/{text.value}" + (f"/{place.code}.txt" if place else ".txt")
            )
            name = place.name if place else campaign.district
            assert f"{text.plain}-{name}.txt" in unquote(answer.headers["Content-Disposition"])
            assert answer.data.startswith(b"\xef\xbb\xbf")
            words = answer.data.decode("utf-8-sig").replace("\r\n", "\n")
            assert words.strip() in page
            for said in (name, campaign.hotline, campaign.text_number, "110或120"):
                assert said in words, (text, said)
            assert "\n\n\n" not in words


def test_the_texts_keep_to_their_measure(site: Site) -> None:
    for place in (None, *streets(site)):
        path = f"/{place.code}.txt" if place else ".txt"
        radio = site.get(f"/publicity/texts/radio{path}").data.decode("utf-8-sig")
        # Five syllables a second is fast and still clear: thirty seconds are 150.
        assert len(re.findall(r"[\w]", radio)) <= 150
        shouted = site.get(f"/publicity/texts/loudspeaker{path}").data.decode("utf-8-sig")
        parts = re.split(r"[。，：\n]", shouted)
        assert max(map(len, parts)) <= 20
        assert shouted.count(site.book.campaign.hotline) == 2


def test_what_is_printed_and_read_out_speaks_plainly(site: Site) -> None:
    for file in (*TEXTS.glob("*.txt"), TEXTS / "words.toml"):
        words = re.sub(r"{[{%].*?[%}]}", "", file.read_text("utf-8"), flags=re.DOTALL)
        assert [one for one in (*STIFF, "你", "绝对保密") if one in words] == [], file.name
    for sheet in Sheet:
        page = site.text(f"/publicity/{sheet.value}")
        printed = page.partition('<div class="paper">')[2].partition("</main>")[0]
        lines = re.sub(r"</(p|li|h\d|dt|dd)>|<br>", "\n", printed)
        parts = re.split(r"[。！？；：\n]", unescape(re.sub(r"<[^>]+>", "", lines)))
        bare = [re.sub(r"\s+", "", part) for part in parts]
        assert [one for one in bare if len(one) > LONGEST and "领导小组" not in one] == []


def test_samples_say_so_and_real_sheets_do_not(site: Site) -> None:
    assert SAMPLE in paper(site.text("/publicity/poster"))
    assert "先不要张贴" in site.text("/publicity")
    with site.deployment.database.writing() as session:
        session.execute(update(Campaign).values(sample=False))
        new_book_revision(session)
    assert SAMPLE not in paper(site.text("/publicity/poster"))
    assert "先不要张贴" not in site.text("/publicity")


def test_without_a_text_number_nobody_is_told_to_text(site: Site) -> None:
    with site.deployment.database.writing() as session:
        session.execute(update(Campaign).values(text_number=""))
        new_book_revision(session)
    for _, address in sheets(site):
        said = paper(site.text(address))
        assert "发短信" not in said, address
        assert "短信不用写格式" not in said, address
    for text in (SpokenText.RADIO, SpokenText.LOUDSPEAKER, SpokenText.WECHAT):
        assert "短信" not in site.get(f"/publicity/texts/{text.value}.txt").data.decode("utf-8-sig")


def test_when_the_campaign_is_over_nothing_new_is_put_up(site: Site) -> None:
    site.get("/publicity/poster")
    with site.deployment.database.writing() as session:
        session.execute(update(Campaign).values(ended_on=date(2022, 12, 1)))
        new_book_revision(session)
    page = site.text("/publicity")
    assert "不要再张贴" in page
    assert "/publicity/poster" not in page
    assert site.client.get("/publicity/poster").status_code == 404
    assert site.client.get("/publicity/poster.pdf").status_code == 404


def test_without_a_font_the_page_is_offered_instead(site: Site, tmp_path: Path) -> None:
    bare = replace(site.deployment.settings, parts=frozenset({"public"}), fonts_dir=tmp_path)
    client = create_app(bare).test_client()
    for address in ("/publicity", "/publicity/poster"):
        page = client.get(address).text
        assert "fonts-noto-cjk" in page
        assert ".pdf" not in page
        assert check_html(page, thorough=False) == []
    answer = client.get("/publicity/poster.pdf")
    assert (answer.status_code, answer.location) == (303, "/publicity/poster")
