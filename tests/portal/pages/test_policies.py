"""The policy list: found in the words people use, grouped by unit, each with its report link."""

from __future__ import annotations

import re

import pytest

from portal.campaign.policy import Policy
from portal.campaign.revision import new_book_revision
from tests.portal.pages.sites import Site


def codes_on(page: str) -> list[str]:
    return re.findall(r'<a href="/policies/([A-Z0-9]+)"', page)


def test_the_list_has_every_policy_once_under_its_unit(site: Site) -> None:
    page = site.text("/policies")
    assert sorted(codes_on(page)) == sorted(site.book.policies)
    for unit in {policy.unit_code for policy in site.book.policies.values()}:
        assert f"<h2>{site.book.units[unit].name}<" in page


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("高龄津贴", "MZ11"),
        ("敬老金", "MZ11"),
        ("高 龄", "MZ11"),
        ("4050", "RS01"),
        ("\uff14\uff10\uff15\uff10", "RS01"),
        ("老人 护理", "MZ14"),
        ("我家的两补停了", "MZ09"),
        ("退役军人 优待", "TY05"),
    ],
)
def test_a_policy_is_found_as_people_call_it(jianghan: Site, typed: str, code: str) -> None:
    found = codes_on(jianghan.text(f"/policies?q={typed}"))
    assert code in found
    assert len(found) < len(jianghan.book.policies) / 2


@pytest.mark.parametrize("typed", ["85岁", "八十五岁", "85周岁", "85", "八十五", "我妈80多岁"])
def test_an_age_is_the_need_that_the_campaign_gives_it(jianghan: Site, typed: str) -> None:
    found = codes_on(jianghan.text(f"/policies?q={typed}"))
    old = {one.code for one in jianghan.book.policies.values() if "家里有老人" in one.needs}
    assert "MZ11" in found
    assert old <= set(found)
    assert len(found) < len(jianghan.book.policies) / 2


@pytest.mark.parametrize("typed", ["5岁", "五周岁", "17岁", "十七"])
def test_a_child_s_age_is_the_need_of_children(site: Site, typed: str) -> None:
    found = codes_on(site.text(f"/policies?q={typed}"))
    policies = site.book.policies
    assert {one.code for one in policies.values() if "有孩子" in one.needs} <= set(found)
    assert "MZ11" not in found
    if "MZ11" in policies:
        assert "MZ11" not in codes_on(site.text("/policies?q=45岁"))


def test_a_policy_is_found_by_everything_that_its_page_tells(site: Site) -> None:
    for policy in site.book.policies.values():
        for told in (policy.code, policy.eligibility[:12], policy.standard[:12], policy.payment):
            word = told.replace(" ", "")
            assert policy.code in codes_on(site.text(f"/policies?q={word}")), told
        for number in re.findall(r"[一-龥]+[〔（(]\d{4}[〕）)]\d+号", policy.legal_basis):
            for said in (number, number.replace("〔", "[").replace("〕", "]"), number[-12:]):
                assert policy.code in codes_on(site.text(f"/policies?q={said}")), said


def test_what_the_list_s_readers_look_for_is_found(jianghan: Site) -> None:
    assert "MZ11" in codes_on(jianghan.text("/policies?q=80周岁"))
    by_card = {one.code for one in jianghan.book.policies.values() if "一卡通" in one.payment}
    assert by_card
    assert set(codes_on(jianghan.text("/policies?q=一卡通"))) >= by_card
    assert codes_on(jianghan.text("/policies?q=国发[2099]20号")) == []


def test_a_policy_is_found_by_its_unit(site: Site) -> None:
    for policy in site.book.policies.values():
        unit = site.book.units[policy.unit_code]
        assert policy.code in codes_on(site.text(f"/policies?q={unit.name}"))
        assert policy.code in codes_on(site.text(f"/policies?unit={unit.code}"))


def test_a_need_narrows_the_list_and_stays_in_the_search(site: Site) -> None:
    page = site.text("/policies?need=残疾人&q=补贴")
    wanted = {p.code for p in site.book.policies.values() if "残疾人" in p.needs}
    assert codes_on(page)
    assert set(codes_on(page)) <= wanted
    assert '<input type="hidden" name="need" value="残疾人">' in page


def test_nothing_found_says_what_to_do(site: Site) -> None:
    page = site.text("/policies?q=没有这种东西")
    assert codes_on(page) == []
    assert "没有找到" in page
    assert "/report/consultation" in page


def test_a_policy_page_tells_everything_and_ends_in_a_report(site: Site) -> None:
    for policy in site.book.policies.values():
        page = site.text(f"/policies/{policy.code}")
        unit = site.book.units[policy.unit_code]
        told = (policy.eligibility, policy.standard, policy.payment, unit.name, unit.telephone)
        assert all(text in page for text in told)
        folded = re.search(r"<details>.*?</details>", page, re.DOTALL)
        assert folded
        assert policy.legal_basis in folded[0]
        assert f'href="/report/complaint?policy={policy.code}"' in page


def test_what_was_not_checked_says_so_and_is_no_sample(site: Site) -> None:
    policies = site.book.policies.values()
    for policy in policies:
        page = site.text(f"/policies/{policy.code}")
        from_memory = policy.source_status == "memory"
        assert ("写的内容还没有对照文件核对" in page) == from_memory
        assert (">还没核对</span>" in page) == from_memory
        assert ("以主管部门公告为准" in page) == (policy.source_status != "verified")
    page = site.text("/policies")
    unchecked = sum(policy.source_status == "memory" for policy in policies)
    # Once more in the sentence that says what it means.
    assert page.count(">还没核对</span>") == unchecked + 1
    assert page.count("写的内容还没有对照文件核对") == 1
    assert ">样例</span>" not in page


def test_only_what_is_made_up_is_a_sample(site: Site) -> None:
    code = next(c for c, one in site.book.policies.items() if one.source_status == "memory")
    with site.deployment.database.writing() as session:
        session.get_one(Policy, code).sample = True
        new_book_revision(session)
    page = site.text(f"/policies/{code}")
    assert ">样例</span>" in page
    assert ">还没核对</span>" not in page
    assert site.text("/policies").count(">样例</span>") == 1


def test_a_unit_is_chosen_on_the_page_itself(site: Site) -> None:
    page = site.text("/policies?need=残疾人")
    fold = page.partition("<summary>按单位看</summary>")[2].partition("</details>")[0]
    offered = re.findall(r'href="/policies\?unit=(\w+)"', fold)
    units = {policy.unit_code for policy in site.book.policies.values()}
    assert sorted(offered) == sorted(units)
    for unit in offered:
        narrowed = site.text(f"/policies?unit={unit}")
        of_unit = [p.code for p in site.book.policies.values() if p.unit_code == unit]
        assert sorted(codes_on(narrowed)) == sorted(of_unit)
        short = site.book.units[unit].short_name
        assert f'aria-current="true">{short} ' in narrowed
        assert f">{short} {len(of_unit)}项</a>" in fold


@pytest.mark.parametrize("name", ["policies", "responsibilities"])
def test_the_table_can_be_taken_away_at_the_foot_of_its_page(site: Site, name: str) -> None:
    page = site.text(f"/{name}")
    for kind in ("xlsx", "csv", "json"):
        assert f'href="/data/{name}.{kind}"' in page
        assert site.get(f"/data/{name}.{kind}").data


def test_what_was_loaded_was_published_first_and_offers_no_year(site: Site) -> None:
    for code in site.book.policies:
        told = site.text(f"/policies/{code}").partition("<h2>历次变化</h2>")[2]
        assert "<b>第一次公布</b>" in told
        assert "数据装入" not in told
        assert f"/policies/{code}?year=" not in told


def test_programs_read_what_a_policy_is(site: Site) -> None:
    policy = site.book.policies[site.some_policy]
    page = site.text(f"/policies/{policy.code}")
    assert 'itemtype="https://schema.org/GovernmentService"' in page
    said = dict(re.findall(r'<meta itemprop="(\w+)" content="([^"]*)">', page))
    assert said["identifier"] == policy.code
    assert said["url"] == f"{site.deployment.settings.public_url}/policies/{policy.code}"
    assert policy.name in re.findall(r'itemprop="name" content="([^"]*)"', page)
    assert said["name"] == site.book.unit_name(policy.unit_code)
