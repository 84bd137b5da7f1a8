"""What can be asked of the markup of every public page and form, without a browser.

The ids are those of `docs/service-design-checks.md`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement
from sqlalchemy import select, update

from portal.campaign.campaign import Campaign
from portal.campaign.kinds import Kind
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from portal.foundation.errors import error_page
from portal.published.month_figures import MonthFigures, is_newest
from portal.published.result import Result
from tests.pages.checks import check_html
from tests.pages.markup import findings
from tests.portal.pages.open_site import FORMS, answered_pages
from tests.portal.pages.sites import PAGES, Site

STATIC = Path(__file__).parents[3] / "portal" / "static"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50 Language/zh_CN"
)
# What may stand before a list is filled: it says what will come, and why there is nothing yet.
LISTS = ("/", "/results")


def tree(page: str) -> HtmlElement:
    return html.document_fromstring(page)


def words(element: HtmlElement) -> str:
    return re.sub(r"\s+", "", element.text_content())


def everything(site: Site) -> dict[str, str]:
    """Every page, every form, and every page that answers one."""
    opened = {address: site.text(address) for address in [*site.pages(), *FORMS]}
    return opened | answered_pages(site)


def test_tables_name_what_is_in_them(site: Site) -> None:
    """A15."""
    seen = 0
    for address, page in everything(site.with_everything()).items():
        for table in tree(page).iter("table"):
            seen += 1
            assert table.find("caption") is not None, address
            heads = table.findall(".//th")
            assert heads, address
            assert all(head.get("scope") in {"col", "row"} for head in heads), address
            for cell in table.findall(".//td"):
                if re.fullmatch(r"[\d,.]+(元|万元|%)?", words(cell)):
                    assert "number" in (cell.get("class") or ""), (address, words(cell))
    assert seen


def test_the_head_tells_programs_what_a_page_is(site: Site) -> None:
    """A20."""
    told = {}
    for address, page in everything(site.with_everything()).items():
        head = {one.get("name"): one.get("content") for one in tree(page).iter("meta")}
        assert head["SiteName"].endswith("惠民热线"), address
        assert head["description"], address
        told[address] = head
    for address in ("/notices/work-plan", "/results/WT-0001", f"/policies/{site.some_policy}"):
        assert told[address]["ColumnName"]
        title = told[address]["ArticleTitle"]
        assert title
        assert title in told[address]["description"]
    found = site.book
    assert re.match(r"20\d\d-\d\d-\d\d", told["/notices/work-plan"]["PubDate"] or "")
    assert told["/notices/work-plan"]["ContentSource"]
    with site.deployment.database.reading() as session:
        result = session.get_one(Result, "WT-0001").released_at
        figures = session.scalars(select(MonthFigures).where(is_newest())).one().changed_at
        version = found.histories[site.some_policy].first.released_at
    for address, at in (
        ("/results/WT-0001", result),
        ("/figures", figures),
        (f"/policies/{site.some_policy}", version),
    ):
        assert told[address]["PubDate"] == clock.day_of(at).isoformat(), address
        assert told[address]["ContentSource"], address
    foot = words(tree(site.text("/")).find(".//footer"))
    assert f"主办单位：{site.book.campaign.organiser}" in foot


def test_the_foot_names_what_the_site_is_registered_under(site: Site) -> None:
    """A20: nothing before there is anything; then each where it belongs."""
    codes = {"id_code": "4201030001", "icp": "鄂ICP备05000000号-1"}
    before = site.text("/")
    assert "网站标识码" not in before
    assert "SiteIDCode" not in before
    assert "备" not in words(tree(before).find(".//footer"))
    with site.deployment.database.writing() as session:
        session.execute(update(Campaign).values(site=codes))
        new_book_revision(session)
    page = tree(site.text("/"))
    foot = words(page.find(".//footer"))
    assert "网站标识码：4201030001" in foot
    assert foot.endswith("鄂ICP备05000000号-1")
    assert page.xpath("//meta[@name='SiteIDCode']/@content") == ["4201030001"]
    check_html(site.text("/"))


def test_readers_may_enlarge_every_page(site: Site) -> None:
    """B3."""
    for address, page in everything(site.with_everything()).items():
        [view] = [one for one in tree(page).iter("meta") if one.get("name") == "viewport"]
        assert view.get("content") == "width=device-width, initial-scale=1", address
    for sheet in STATIC.glob("*.css"):
        assert "text-size-adjust" not in sheet.read_text("utf-8")


def test_every_browser_gets_the_same_page(site: Site) -> None:
    """B4: byte for byte, but for what a form has of its own."""
    own = re.compile(r'(name="(?:csrf_token|submission_id)"[^>]*value=)"[^"]*"')
    for address in [*site.with_everything().pages(), *FORMS]:
        pages = [
            own.sub(r"\1", site.get(address, **{"User-Agent": browser}).text)
            for browser in ("Mozilla/5.0", WECHAT, "")
        ]
        assert pages[0] == pages[1] == pages[2], address


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.slug)
def test_a_form_has_five_parts_and_nothing_chosen(site: Site, kind: Kind) -> None:
    """B5, B6, B7, B24 of service-design: parts, choices, files, and what a browser may fill in."""
    form = tree(site.text(f"/report/{kind.slug}")).find(".//main//form")
    parts = [words(one) for one in form.iter("span") if one.get("class") == "part"]
    assert parts == [f"第{number}部分，共5部分" for number in range(1, 6)]
    assert len(form.findall("fieldset")) == 5
    fields = [one for tag in ("input", "select", "textarea") for one in form.iter(tag)]
    assert not [one for one in fields if "checked" in one.attrib or "required" in one.attrib]
    assert not [one for one in form.iter("option") if one.get("selected") is not None]
    problems = [words(one) for one in form.iter("label") if "problem" in (one.get("for") or "")]
    assert "都不是" in problems[-1]
    files = [one for one in fields if one.get("type") == "file"]
    assert files
    assert not [one for one in files if {"multiple", "capture"} & set(one.attrib)]
    assert {one.get("accept") for one in files} == {"image/*", None}
    filled = {one.get("name"): one.get("autocomplete") for one in fields}
    assert filled["words"] == "off"
    assert (filled["contact_name"], filled["contact_phone"]) == ("name", "tel")


def test_numbers_to_call_and_to_text_can_be_read(site: Site) -> None:
    """B24: what a link dials stands on it, to be dialled by hand."""
    for address, page in everything(site.with_everything()).items():
        links = [
            one for one in tree(page).iter("a") if one.get("href", "").startswith(("tel:", "sms:"))
        ]
        assert links, address
        for link in links:
            number = re.sub(r"\D", "", link.get("href").partition("?")[0])
            assert number in re.sub(r"\D", "", link.text_content()), (address, link.get("href"))


def test_the_way_out_leaves_no_word_behind(site: Site) -> None:
    """B17: titles say nothing of a tip-off, and no link shows that it was followed."""
    pages = everything(site.with_everything())
    for address in (
        "/report",
        "/report/tip-off",
        "/progress",
        "looked-over",
        "receipt",
        "own-case",
    ):
        title = tree(pages[address]).findtext(".//title") or ""
        assert "举报" not in title, address
    for address in ("/report/tip-off", "receipt"):
        [leave] = [one for one in tree(pages[address]).iter("a") if words(one) == "快速离开这一页"]
        assert leave.get("href") == "/policies"
    assert "浏览记录不会自动清除" in pages["receipt"]
    assert ":visited" not in (STATIC / "site.css").read_text("utf-8")


@pytest.mark.parametrize("address", [one for one in PAGES if "WT-" not in one])
def test_an_empty_list_says_what_will_come(site: Site, address: str) -> None:
    """A19: before anything was published, no list is just empty."""
    page = tree(site.text(address))
    for one in page.find(".//main").iter("ul", "ol", "tbody", "dl"):
        assert len(one), (address, one.get("class"))
    if address in LISTS:
        [empty] = [one for one in page.iter("p") if one.get("class") == "empty"]
        assert "还没有" in words(empty)
        assert "在这里" in words(empty)


@pytest.mark.parametrize("code", [400, 403, 404, 405, 413, 422, 429, 500, 503])
def test_an_error_says_what_happened_and_what_next(site: Site, code: int) -> None:
    """A16: in plain words, with the telephone, and with what became of what was typed."""
    public = site.deployment.public
    with public.test_request_context("/policies"):
        answer = error_page(code)
    page = tree(answer.get_data(as_text=True))
    main = words(page.find(".//main"))
    assert answer.status_code == code
    assert findings(answer.get_data(as_text=True)) == []
    assert site.book.campaign.hotline in main
    assert "现在可以这样做" in main
    assert not re.search(rf"(?<![\d-]){code}(?!\d)|[A-Za-z]{{4,}}", main)
    if code in {413, 422, 429, 500, 503}:
        assert "写的字一般都在" in main
