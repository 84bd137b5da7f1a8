"""What search finds besides notices and results: whom to call, who is in charge, months, pages; and
of lists of recipients what they are about, never who stands in them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from portal.campaign.campaign import Campaign
from portal.campaign.in_charge import InCharge
from portal.campaign.place import PlaceKind
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from portal.published.distributing import take_down
from portal.published.distribution import Distribution, TakenDown
from tests.portal.pages.published import MASKED, ROW_STANDARD, publish_list
from tests.portal.pages.sites import Site

NOON = datetime(2022, 7, 6, 12, 0, tzinfo=clock.SHANGHAI)


def section(page: str, key: str) -> str:
    """One group of what was found; empty where nothing of its kind was."""
    return page.partition(f'<section id="{key}">')[2].partition("</section>")[0]


def test_a_unit_is_found_with_its_number_and_hours(site: Site) -> None:
    units = [one for one in site.book.units.values() if one.telephone and one.desk]
    assert len(units) > 10
    for unit in units:
        for typed in (unit.name, unit.short_name, unit.telephone.replace("-", "")):
            found = section(site.text(f"/search?q={typed}"), "units")
            assert f'href="/hotlines#unit-{unit.code}">{unit.name}<' in found, typed
            assert f'href="tel:{unit.telephone}"' in found
            assert unit.hours in found


@pytest.mark.parametrize("typed", ["民政", "民政 电话", "民政局电话", "民政局的号码", "特困"])
def test_whom_to_call_is_found_as_people_say_it(jianghan: Site, typed: str) -> None:
    unit = jianghan.book.units["MZ"]
    found = section(jianghan.text(f"/search?q={typed}"), "units")
    assert f'href="tel:{unit.telephone}"' in found
    assert jianghan.book.units["WJ"].name not in found


def test_who_names_a_unit_reads_its_number_first(jianghan: Site) -> None:
    named, paid = jianghan.text("/search?q=民政局"), jianghan.text("/search?q=特困")
    assert 0 < named.index('<section id="units"') < named.index('<section id="policies"')
    assert 0 < paid.index('<section id="policies"') < paid.index('<section id="units"')


def test_a_community_is_reached_by_its_street(site: Site) -> None:
    book = site.book
    places = (one for one in book.places.values() if one.kind is PlaceKind.COMMUNITY)
    unit = book.units[next(places).unit_code]
    assert not unit.telephone
    above = book.units[unit.parent_code or ""]
    found = section(site.text(f"/search?q={unit.name}"), "units")
    assert unit.name in found
    assert f"打{above.name}的电话" in found
    assert f'href="tel:{above.telephone}"' in found


def test_other_doors_and_the_line_itself_are_found(site: Site) -> None:
    campaign = site.book.campaign
    door = campaign.doors[0]
    for typed in (door["name"], door["telephone"]):
        found = section(site.text(f"/search?q={typed}"), "units")
        assert f'href="tel:{door["telephone"]}"' in found
    found = section(site.text("/search?q=热线"), "units")
    assert f'href="tel:{campaign.hotline}"' in found
    assert campaign.hotline_hours in found


def test_a_policy_says_who_is_in_charge(site: Site) -> None:
    """Also where the plan names another than the unit that pays (in Caidian, MZ09)."""
    in_charge = InCharge(site.book, clock.today())
    for policy in site.book.policies.values():
        found = section(site.text(f"/search?q={policy.name}"), "policies")
        (charge,) = in_charge.of(policy=policy.code)
        told = f'href="/responsibilities?policy={policy.code}">归{charge.unit.name}管<'
        assert told in found, policy.code


def test_a_policy_is_found_by_what_it_says_itself(jianghan: Site) -> None:
    found = section(jianghan.text("/search?q=火灾"), "policies")
    assert 'href="/policies/MZ05"' in found
    assert "家里因为火灾、交通事故、突发重病等" in found
    assert "/policies/MZ01" not in found
    # The list itself looks at names; whoever is sent there must not find it empty.
    assert "q=火灾" not in found


@pytest.mark.parametrize(("typed", "code"), [("高龄", "MZ11"), ("低保", "MZ01")])
def test_the_best_policy_stands_first(jianghan: Site, typed: str, code: str) -> None:
    found = section(jianghan.text(f"/search?q={typed}"), "policies")
    assert re.findall(r'href="/policies/(\w+)"', found)[0] == code


def test_a_sentence_of_a_letter_finds_no_problem(site: Site) -> None:
    """What somebody wrote mustn't be told from what nobody did, though it has words of theirs."""
    assert site.book.problem_types["1.2"].keywords.count("少发") == 1
    assert "没有找到" in site.text("/search?q=我们核对过了，少发的都补到手里。")
    assert "/responsibilities#problem-1.2" in site.text("/search?q=少发")


@pytest.mark.parametrize("typed", ["扣卡", "卡收走", "未经本人同意"])
def test_a_problem_is_found_in_plain_words_and_the_plan_s(site: Site, typed: str) -> None:
    problem = site.book.problem_types["3.4"]
    found = section(site.text(f"/search?q={typed}"), "problems")
    assert f'href="/responsibilities#problem-3.4">{problem.plain_text}<' in found
    # It accuses somebody.
    assert "不用找管补贴的单位" in found


def test_a_problem_of_the_banks_names_its_unit(jianghan: Site) -> None:
    assert "找武汉金融街管理委员会" in section(jianghan.text("/search?q=代理银行"), "problems")


def test_places_on_a_page_are_there(site: Site) -> None:
    seen: set[tuple[str, str]] = set()
    for typed in ("电话", "街道", "热线", "卡"):
        seen |= set(re.findall(r'href="(/\w+)#([^"]+)"', site.text(f"/search?q={typed}")))
    assert {page for page, _ in seen} == {"/hotlines", "/responsibilities"}
    outside = {one.code for one in site.book.units.values() if one.telephone and not one.desk}
    for page, place in seen:
        if place.removeprefix("unit-") not in outside:
            assert f'id="{place}"' in site.text(page), (page, place)


@pytest.mark.parametrize("typed", ["数字", "统计", "月份", "2022年6月", "6月", "2022-06"])
def test_a_month_s_figures_are_found(any_site: Site, typed: str) -> None:
    found = section(any_site.with_results().text(f"/search?q={typed}"), "months")
    assert 'href="/figures?month=2022-06">2022年6月的数字<' in found
    assert "收到129件" in found


def test_a_withdrawn_month_is_not_found(any_site: Site) -> None:
    page = any_site.with_results().text("/search?q=统计")
    assert "/figures?month=2022-05" in page
    assert "/figures?month=2022-04" not in page


@pytest.mark.parametrize(
    ("typed", "address", "said"),
    [
        ("查询码丢了", "/help", "查询码丢了"),
        ("读屏", "/accessibility", "用读屏软件听。"),
        ("浏览记录", "/safety", "浏览记录不会自动清除。"),
        ("近亲属", "/personal-information", "近亲属可以来看"),
        ("大喇叭", "/publicity", "大喇叭稿"),
        ("电梯口", "/publicity", "贴在公示栏、电梯口、服务大厅。"),
        ("xlsx", "/data", "表格软件用XLSX或者CSV"),
        ("养老金", "/hotlines", "养老金"),
        ("名单", "/distributions", "分配结果公示"),
        ("举报", "/report", "在网上写"),
        ("谁负责", "/responsibilities", "每项补贴"),
        ("纠错 写错了", "", ""),
        ("写错了", "/mistakes", "写错了"),
    ],
)
def test_the_site_s_own_pages_are_found(site: Site, typed: str, address: str, said: str) -> None:
    found = section(site.text(f"/search?q={typed}"), "pages")
    assert (f'href="{address}"' in found) == bool(address)
    assert said in found


def test_each_page_is_called_what_it_calls_itself(site: Site) -> None:
    """A heading that changes mustn't leave its old name in the search."""
    pages: dict[str, str] = {}
    for typed in (
        "补贴",
        "反映",
        "查",
        "公示",
        "写",
        "统计",
        "案例",
        "公开",
        "电话",
        "表格",
        "键盘",
    ):
        found = section(site.text(f"/search?q={typed}"), "pages")
        pages |= dict(re.findall(r'<li>\s*<a href="([^"]+)">([^<]+)</a>', found))
    assert len(pages) == 18
    for address, title in pages.items():
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", site.text(address), re.DOTALL)
        assert heading
        assert title in heading[1], address


def test_the_words_of_pages_follow_what_the_office_changes(site: Site) -> None:
    assert section(site.text("/search?q=0271234567"), "pages") == ""
    with site.deployment.database.writing() as session:
        session.execute(update(Campaign).values(hotline="0271234567"))
        new_book_revision(session)
    assert 'href="/help"' in section(site.text("/search?q=0271234567"), "pages")


def test_a_list_is_found_by_what_it_is_about(any_site: Site) -> None:
    site = any_site
    with site.deployment.database.writing() as session:
        one = publish_list(session, "F812345")
    found = site.book
    policy, place = found.policies[one.policy_code], found.places[one.place_code]
    for typed in (policy.name, place.name, "名单", "谁领了", "2022年5月", f"{place.name} 6月"):
        group = section(site.text(f"/search?q={typed}"), "lists")
        assert (
            f'href="/distributions/F812345">{place.name}，{policy.name}，2022年4月至6月<' in group
        )
        assert "公示到" in group
    for typed in (f"{place.name} 7月", "2022-03", "F812345"):
        assert "/distributions/F" not in site.text(f"/search?q={typed}")


def test_who_stands_in_a_list_is_found_nowhere(any_site: Site) -> None:
    """To look for a name, a sum or a standard of its rows answers as words that nobody wrote."""
    site = any_site
    with site.deployment.database.writing() as session:
        publish_list(session, "F812345")
    assert MASKED in site.text("/distributions/F812345")

    def answer(typed: str) -> str:
        page = site.text(f"/search?q={typed}")
        assert "没有找到" in page
        return page.replace(typed, "")

    nothing = answer("没有这种东西")
    for typed in (MASKED, "魏小蓉", "魏", ROW_STANDARD, "每人每月三百一十七", "317.00"):
        assert answer(typed) == nothing


def test_a_list_is_found_from_its_first_day_to_its_last(any_site: Site) -> None:
    site = any_site
    with clock.stopped_at(NOON), site.deployment.database.writing() as session:
        publish_list(session, "F800001", shown_from=date(2022, 7, 8), shown_until=date(2022, 7, 9))
        publish_list(session, "F800002")
    for day, numbers in {
        6: ["2"],
        7: ["2"],
        8: ["1", "2"],
        9: ["1", "2"],
        10: ["2"],
        13: [],
    }.items():
        with clock.stopped_at(NOON + timedelta(days=day - 6)):
            page = site.text("/search?q=名单")
        assert sorted(re.findall(r'"/distributions/F80000(\d)"', page)) == numbers, day


def test_a_list_that_was_taken_down_is_not_found(any_site: Site) -> None:
    site = any_site
    with site.deployment.database.writing() as session:
        for number in ("F800001", "F800002"):
            publish_list(session, number)
    assert "/distributions/F800001" in site.text("/search?q=名单")
    with site.deployment.database.writing() as session:
        one = session.get_one(Distribution, "F800001")
        take_down(session, one, on=clock.today(), because=TakenDown.OBJECTION)
    page = site.text("/search?q=名单")
    assert "/distributions/F800001" not in page
    assert "/distributions/F800002" in page
