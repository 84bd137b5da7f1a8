"""Search: two-character words count, signs have no power, and every column is looked through."""

from __future__ import annotations

import re

import pytest

from portal.foundation import clock
from portal.published.notice import Notice, NoticeKind
from portal.published.noticing import withdraw_notice
from portal.published.result import Result
from tests.deployments import Deployment
from tests.pages.checks import check_html
from tests.pages.weight import MOST_BYTES, weight
from tests.portal.pages.published import a_file, publish_list, publish_notice
from tests.portal.pages.released import release, revise
from tests.portal.pages.sites import Site
from tests.portal.pages.test_every_page import MOST_QUERIES
from tests.services import node


def groups_on(page: str) -> list[str]:
    """The headings of what was found, in their order."""
    return re.findall(r"<h2>([^<]+)<span", page)


def write_notice(site: Site, slug: str, **said: object) -> None:
    with site.deployment.database.writing() as session:
        publish_notice(session, slug, **said)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("公示", "/results/WT-0003"),
        ("公示 名单", "/results/WT-0003"),
        ("补发", "/results/WT-0001"),
        ("wt-0003", "/results/WT-0003"),
        ("方案", "/notices/work-plan"),
        ("抽查", "/notices/work-plan"),
        ("补贴", "/policies/"),
        ("工本费", "/results/WT-0002"),
        ("费", "/results/WT-0002"),
    ],
)
def test_what_is_published_is_found(site: Site, typed: str, address: str) -> None:
    assert f'href="{address}' in site.with_results().text(f"/search?q={typed}")


def test_results_are_found_by_their_unit_and_place(any_site: Site) -> None:
    site = any_site.with_results()
    result = site.text("/results/WT-0001")
    unit = site.book.units[next(iter(site.book.policies.values())).unit_code]
    assert unit.name in result
    for name in (unit.name, next(iter(site.book.places.values())).name):
        assert "/results/WT-0001" in site.text(f"/search?q={name}")


def test_every_word_has_to_be_there(site: Site) -> None:
    page = site.with_results().text("/search?q=公示 没有这种东西")
    assert "没有找到" in page
    assert groups_on(page) == []


def test_who_finds_nothing_is_told_what_to_do(site: Site) -> None:
    page = site.text("/search?q=没有这种东西").partition("<main")[2].partition("</main>")[0]
    need = next(need for one in site.book.policies.values() for need in one.needs)
    assert re.search(rf'href="/policies\?need=[^"]+">{need}<', page)
    assert f'href="tel:{site.book.campaign.hotline}"' in page
    assert "/report/consultation" in page
    assert re.search(r"不知道归谁管？</h2>.*?/report", page, re.DOTALL)
    assert "/distributions" in page


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", "%25"])
def test_signs_of_the_database_are_only_signs(on_each_database: Deployment, sign: str) -> None:
    site = Site(on_each_database).with_results()
    with site.deployment.database.writing() as session:
        release(session, "WT-9999", summary=f"多收{sign}一成")
        publish_notice(session, "sign", body=f"多收{sign}一成")
        publish_notice(session, "file", files=[a_file(f"多收{sign}一成")])
    typed = sign.replace("%", "%25")
    page = site.text(f"/search?q=收{typed}一")
    for address in ("/results/WT-9999", "/notices/sign", "/notices/file"):
        assert f'href="{address}"' in page
    alone = site.text(f"/search?q={typed}")
    assert "/results/WT-9999" in alone
    for address in ("/results/WT-0001", "/policies/MZ01"):
        assert f'href="{address}' not in page
        assert f'href="{address}' not in alone


def test_a_notice_is_found_by_its_words_its_files_and_what_it_is(any_site: Site) -> None:
    site = any_site
    body = "第一条不说这个。\n\n**王某**私扣存折三年，现予通报。第三条也不说。"
    write_notice(
        site,
        "case-1",
        kind=NoticeKind.TYPICAL_CASE,
        title="通报（第一批）",
        body=body,
        finding_body="区纪委监委",
        document_number="江纪通〔2022〕7号",
        files=[a_file("名册附件")],
    )
    for typed in ("存折", "第一批", "（第一批）", "典型案例", "江纪通〔2022〕7号", "名册附件"):
        page = site.text(f"/search?q={typed}")
        assert 'href="/notices/case-1"' in page, typed
        assert '<span class="tag plain">典型案例</span>' in page
    page = site.text("/search?q=存折")
    assert "王某私扣存折三年，现予通报。" in page
    assert "第一条" not in page


def test_a_word_in_the_title_goes_first(any_site: Site) -> None:
    write_notice(any_site, "in-title", title="换卡办法")
    write_notice(any_site, "in-body", body="说一说换卡办法。")
    page = any_site.text("/search?q=换卡办法")
    assert page.index("/notices/in-title") < page.index("/notices/in-body")


def test_what_was_withdrawn_is_not_found(any_site: Site) -> None:
    site = any_site.with_results()
    write_notice(site, "gone", title="撤下的通知", body="说了换卡办法。")
    with site.deployment.database.writing() as session:
        result = session.get_one(Result, "WT-0001")
        release(session, "WT-0099", summary=result.summary)
    page = site.text("/search?q=津贴漏发")
    assert "/results/WT-0001" in page
    assert "/notices/gone" in site.text("/search?q=换卡办法")
    with site.deployment.database.writing() as session:
        revise(session, session.get_one(Result, "WT-0001"), withdrawn_on=clock.today())
        gone = session.get_one(Notice, "gone")
        withdraw_notice(session, gone, title="撤下的通知", because="写错了")
    page = site.text("/search?q=津贴漏发")
    assert "/results/WT-0099" in page
    assert "/results/WT-0001" not in page
    for typed in ("换卡办法", "撤下的"):
        assert "/notices/gone" not in site.text(f"/search?q={typed}")


def test_a_long_group_is_cut_and_counted(any_site: Site) -> None:
    """Twenty stand, the rest is a number, and the page stays light with every group full."""
    site, names = any_site, [f"{at}号试发补贴的街道、社区和单位" for at in range(25)]
    with site.deployment.database.writing() as session:
        for at, name in enumerate(names):
            release(session, f"WT-8{at:03d}", summary=name, measures="试发补贴" * 20)
            publish_notice(session, f"n-{at}", title=name)
            publish_list(session, f"F8{at:05d}")
    site.get("/search")
    with site.counted() as sent:
        full = site.text("/search?q=补贴")
    assert len(sent) <= MOST_QUERIES, sent
    assert check_html(full, thorough=not node.missing()) == []
    for typed in ("补贴", "街道", "的", "单位"):
        assert weight(site.text(f"/search?q={typed}")) <= MOST_BYTES, typed
    page = site.text("/search?q=试发")
    assert groups_on(page) == ["通知公告", "整改结果"]
    for heading, unit, more in (("通知公告", "份", "/notices"), ("整改结果", "个", "/results")):
        section = page.partition(f"<h2>{heading}")[2].partition("</section>")[0]
        assert section.count("<li>") == 20
        assert f"还有5{unit}" in section
        assert f'href="{more}"' in section
        assert f'>{heading}<span class="count">25</span>' in page


def test_a_long_title_is_cut_and_what_stands_behind_is_quoted(any_site: Site) -> None:
    """Its beginning stands in the list, all of it on its own page."""
    site, long = any_site, "社区代办的补贴没有公示，" * 10 + "还收了三十元封口钱"
    write_notice(site, "long", title=long)
    with site.deployment.database.writing() as session:
        release(session, "WT-0007", summary=long)
    found = site.text("/search?q=封口钱")
    assert found.count("还收了三十元封口钱") == 2
    for address in ("/notices/long", "/results/WT-0007"):
        assert re.search(rf'href="{address}">{long[:59]}…</a>', found), address
        assert long in site.text(address)
    for listed in ("/", "/results", "/search?q=公示"):
        assert f'/results/WT-0007">{long[:59]}…</a>' in site.text(listed), listed


def test_an_empty_search_explains_itself(site: Site) -> None:
    page = site.text("/search?q=%20")
    assert "您自己的那件事" in page
    assert "不要写姓名" in page
    with site.counted() as sent:
        site.get("/search?q=%20%20")
    assert sent == []
