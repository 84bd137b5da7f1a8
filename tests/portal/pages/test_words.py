"""The words that citizens read: short sentences, 您, no 公文; and no promise that can't be kept."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from portal.campaign.campaign import Campaign
from portal.campaign.kinds import Kind
from portal.published.notice import Notice
from tests.portal.pages.open_site import FORMS, answered_pages
from tests.portal.pages.sites import Site

TEMPLATES = Path(__file__).parents[3] / "templates"
OURS = [*(TEMPLATES / "portal").glob("*.html"), TEMPLATES / "base.html"]
LONGEST = 35
# service-design 2.5: what an office writes to an office.
STIFF = (
    "予以",
    "逾期",
    "诉求",
    "核实",
    "反馈",
    "办结",
    "属地",
    "有关部门",
    "及时",
    "须",
    "应当",
    "敬请",
)


def sentences(page: str) -> list[str]:
    """What stands open in a page's main part, sentence by sentence."""
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    main = re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL)
    lines = re.sub(r"</(p|li|h\d|dt|dd|label|option|a|th|td)>|<br>", "\n", main)
    text = unescape(re.sub(r"<[^>]+>", "", lines))
    parts = [re.sub(r"\s+", "", part) for part in re.split(r"[。！？；：\n]", text)]
    return [part for part in parts if part]


def ours(address: str) -> bool:
    """Whether a page's words are the portal's own, and not of a plan, a unit or the office."""
    return not address.startswith(("/hotlines", "/notices/", "/results/", "/policies"))


def _without_names(page: str, campaign: Campaign) -> str:
    """The page without the long names of the campaign and of who runs it, which nobody chose."""
    return page.replace(campaign.name, "").replace(campaign.organiser, "")


def length(sentence: str) -> int:
    """How many characters are read; a number or a code is taken in as one."""
    return len(re.sub(r"[A-Za-z0-9.:/_-]+", "x", sentence))


@pytest.mark.parametrize("template", OURS, ids=lambda path: path.name)
def test_templates_speak_plainly(template: Path) -> None:
    words = re.sub(r"{#.*?#}|{[{%].*?[%}]}", "", template.read_text("utf-8"), flags=re.DOTALL)
    assert [word for word in (*STIFF, "你", "绝对保密") if word in words] == []


def test_sentences_are_short(site: Site) -> None:
    campaign = site.with_everything().book.campaign
    pages = {address: site.text(address) for address in [*site.pages(), *FORMS] if ours(address)}
    found = {
        address: [one for one in sentences(_without_names(page, campaign)) if length(one) > LONGEST]
        for address, page in (pages | answered_pages(site)).items()
    }
    assert {address: long for address, long in found.items() if long} == {}


def test_safety_names_what_is_kept_and_what_is_not(site: Site) -> None:
    page = site.text("/safety")
    for told in (
        "我们不会把您的身份和写的内容交给您反映的人和单位",
        "可能让对方猜到是您",
        "运营商看得到",
        "浏览记录不会自动清除",
        "快速离开",
        "12388",
    ):
        assert told in page
    assert "举报" not in re.findall(r"<title>(.*?)</title>", page)[0]


def test_help_promises_what_the_clocks_say(site: Site) -> None:
    page = site.text("/help")
    for told in (
        "收到后5个工作日内答复您",
        "收到后15个工作日内答复您",
        "收到后30个工作日内告诉您办了没有",
        "收下后60天内办完",
        "确认收到后20个工作日内答复您",
    ):
        assert told in page
    assert all(kind.plain in page for kind in Kind)


def test_the_plan_stands_in_full_behind_plain_words(site: Site) -> None:
    page = site.text("/notices/work-plan")
    assert page.index("简单说") < page.index("方案全文")
    shown = letters(unescape(re.sub(r"<[^>]+>", "", page)))
    with site.deployment.database.reading() as session:
        plan = session.get_one(Notice, site.book.campaign.plan_notice)
    lines = [letters(line) for line in plan.body_markdown.splitlines()]
    assert len(lines) > 50
    assert [line for line in lines if line not in shown] == []


def letters(text: str) -> str:
    """A text without what Markdown and HTML lay it out with, numbers of lists included."""
    return re.sub(r"^\d+\.|[\s#*>|\\-]", "", text)


def test_the_hotlines_are_all_there(site: Site) -> None:
    page = site.text("/hotlines")
    for unit in site.book.units.values():
        if unit.desk and unit.telephone:
            assert f'href="tel:{unit.telephone}"' in page
            assert unit.hours in page
    for door in site.book.campaign.doors:
        assert door["telephone"] in page
        assert door["matter"] in page
