"""Words that tell of a child, an illness, a disability or a loss."""

from __future__ import annotations

from datetime import date

import pytest

from admin.distributions.columns import column_of, why_not
from admin.distributions.suspicions import Suspicion, names_a_child, suspected
from portal.campaign.policy import Policy
from portal.published.discretion import shows_sums_only, tells_children
from portal.published.paid_period import period_words
from tests.admin.distributions.desk import HEAD


@pytest.mark.parametrize(
    ("text", "suspicion"),
    [
        ("儿童每月500元", Suspicion.CHILD),
        ("孤儿补助", Suspicion.CHILD),
        ("未成年人加发", Suspicion.CHILD),
        ("在校学生", Suspicion.CHILD),
        ("（8岁）", Suspicion.CHILD),
        ("８周岁", Suspicion.CHILD),
        ("八岁", Suspicion.CHILD),
        ("十二岁", Suspicion.CHILD),
        ("17岁", Suspicion.CHILD),
        ("未满18周岁的", Suspicion.CHILD),
        ("18周岁以下", Suspicion.CHILD),
        ("重病加发", Suspicion.ILLNESS),
        ("癌症", Suspicion.ILLNESS),
        ("透析", Suspicion.ILLNESS),
        ("残疾二级", Suspicion.DISABILITY),
        ("一级护理", Suspicion.DISABILITY),
        ("1级", Suspicion.DISABILITY),
        ("精神", Suspicion.DISABILITY),
        ("半失能", Suspicion.DISABILITY),
        ("失独家庭", Suspicion.LOSS),
        ("服刑", Suspicion.LOSS),
    ],
)
def test_what_may_not_be_told_is_found(text: str, suspicion: Suspicion) -> None:
    found = {one.suspicion for one in suspected(f"标准{text}，按月发")}
    assert suspicion in found


@pytest.mark.parametrize(
    "text",
    [
        "80岁到89岁，每月100元；90岁以上，每月200元",
        "八十岁以上每月100元",
        "八十二岁",
        "年满60周岁",
        "每人每月880元",
        "一次性发500元",
        "按实际交的社保费的三分之二算",
        "第1档每月300元",
    ],
)
def test_ordinary_standards_pass(text: str) -> None:
    assert list(suspected(text)) == []


@pytest.mark.parametrize("cell", ["王小明之子", "李某的女儿", "孤儿王小明", "刘婴"])
def test_a_cell_that_names_a_child_is_found(cell: str) -> None:
    assert names_a_child(cell)


def test_a_policy_that_tells_children_shows_sums_only() -> None:
    for name in ("孤儿基本生活费", "困境儿童生活补助", "农村学前教育资助", "留守老人和孩子补贴"):
        assert shows_sums_only(Policy(name=name, discreet=False)), name
    for name in ("高龄津贴", "城镇独生子女父母奖励（计生奖励）", "城市最低生活保障金"):
        assert not tells_children(name)
        assert not shows_sums_only(Policy(name=name, discreet=False))
        assert shows_sums_only(Policy(name=name, discreet=True))


@pytest.mark.parametrize("heading", [*HEAD, "户主", "金额（元）", "ＮＡＭＥ", " 姓 名 ", "amount"])
def test_known_headings(heading: str) -> None:
    assert column_of(heading) is not None


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("身份证号", "身份证"),
        ("银行卡号", "银行卡"),
        ("联系电话", "电话"),
        ("家庭住址", "住址"),
        ("残疾等级", "残疾"),
        ("病种", "病情"),
        ("出生日期", "出生日期"),
        ("年龄", "年龄"),
        ("监护人", "孩子"),
        ("性别", "没有关系"),
        ("备注", "什么都可能写"),
        ("序号", "不是公示要用的"),
    ],
)
def test_unknown_headings_say_why(heading: str, why: str) -> None:
    assert column_of(heading) is None
    assert why in why_not(heading)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 6, 1), date(2022, 6, 30), "2022年6月"),
        (date(2022, 4, 1), date(2022, 6, 30), "2022年4月至6月"),
        (date(2022, 1, 1), date(2022, 12, 31), "2022年"),
        (date(2021, 12, 1), date(2022, 1, 31), "2021年12月至2022年1月"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        (date(2022, 6, 1), date(2022, 6, 29), "2022年6月1日至2022年6月29日"),
        (date(2022, 6, 6), date(2022, 6, 6), "2022年6月6日"),
    ],
)
def test_a_time_is_told_as_people_say_it(first: date, last: date, words: str) -> None:
    assert period_words(first, last) == words
