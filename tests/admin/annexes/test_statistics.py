"""Annex 1: every number of it is counted once more by plain SQL, and it is the sum of annex 2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.admin.annexes.ledger_of_all_states import LedgerOfAllStates
from tests.admin.annexes.sheets import JUNE, sheet
from tests.admin.house import House
from tests.deployments import Deployment

_RECOUNT = text("""
    SELECT p.unit_code, p.problem_code, count(*),
        coalesce(sum(p.amount), 0), coalesce(sum(p.persons), 0),
        count(DISTINCT p.policy_code),
        count(CASE WHEN p.state = 'struck_off' THEN 1 END),
        count(CASE WHEN p.state IN ('found', 'rectifying', 'rectified') THEN 1 END),
        count(CASE WHEN p.state = 'carried_over' THEN 1 END),
        count(CASE WHEN p.state = 'unfounded' THEN 1 END),
        count(CASE WHEN p.source = 'own_check' THEN 1 END),
        count(CASE WHEN p.source = 'audit' THEN 1 END),
        coalesce(sum(CASE WHEN p.state = 'struck_off' THEN p.amount END), 0),
        count(r.problem_id), coalesce(sum(r.organisational), 0), coalesce(sum(r.disciplinary), 0)
    FROM problem p LEFT JOIN problem_referral r ON r.problem_id = p.id
    GROUP BY p.unit_code, p.problem_code
""")
_COUNTED = (
    "发现问题数", "涉及金额（万元）", "涉及人数", "涉及项目数", "已整改", "正在整改", "挂账",
    "不属实", "其中：自查", "其中：审计", "已整改金额（万元）", "移送数", "组织处理人数",
    "党纪政务处分人数",
)  # fmt: skip
_MONEY = {"涉及金额（万元）", "已整改金额（万元）"}
_ADDS_UP = [name for name in _COUNTED if name != "涉及项目数"]


@pytest.fixture
def ledger(each_campaign: Deployment) -> Iterator[LedgerOfAllStates]:
    """Problems in every state, of either campaign."""
    with clock.stopped_at(datetime(2022, 6, 6, 4, 0, tzinfo=UTC)):
        yield LedgerOfAllStates.of(each_campaign, 36)


def test_every_number_is_what_a_recount_finds(ledger: LedgerOfAllStates) -> None:
    house = ledger.house
    found = sheet(house, "chen", "statistics")
    with house.deployment.database.reading() as session:
        here = book(session)
        recounted = {
            (here.unit_name(row[0]), f"{row[1]} {here.problem_types[row[1]].plan_text}"): row[2:]
            for row in session.execute(_RECOUNT)
        }
    types = {name for _, name in recounted}
    lines = {
        (row["责任单位"], row["问题类别"]): row for row in found.rows if row["问题类别"] in types
    }
    assert lines.keys() == recounted.keys()
    for place, numbers in recounted.items():
        for name, number in zip(_COUNTED, numbers, strict=True):
            expected = float(number) / 10_000 if name in _MONEY else number
            assert lines[place][name] == pytest.approx(expected), (place, name)
    _adds_up(found.rows, list(lines.values()))
    total = found.row(责任单位="全部单位", 问题类别="总计")
    assert total["整改率"] == "20.0%（6/30）"
    page = house.get("chen", f"/staff/annexes?{JUNE}")
    assert "发现36个 ＝ 已整改6个 ＋ 正在整改18个 ＋ 挂账6个 ＋ 不属实6个" in page
    assert f"<dd>{total['涉及金额（万元）']:,.2f}</dd>" in page
    assert f"<dd>{total['涉及人数']}</dd>" in page
    second = sheet(house, "chen", "problems").rows
    assert len(second) == total["发现问题数"]
    for column in ("涉及金额（万元）", "涉及人数"):
        assert sum(row[column] or 0 for row in second) == pytest.approx(total[column])
    assert sum(row["是否移送"] == "是" for row in second) == total["移送数"]
    assert sum(row["处理处分人数"] or 0 for row in second) == 9 * 3


def _adds_up(rows: list[dict[str, Any]], lines: list[dict[str, Any]]) -> None:
    """The sums of groups, of units and over all are the sums of the lines."""
    ends = {"小计": 0.0, "合计": 0.0, "总计": 0.0}
    for name in _ADDS_UP:
        of_all = sum(row[name] for row in lines)
        sums = dict(ends)
        for row in rows:
            end = row["问题类别"][-2:]
            if end in ends and row not in lines:
                sums[end] += row[name]
        # 合计 stands behind each unit, and behind each group over all units.
        assert [sums["小计"], sums["合计"], sums["总计"]] == pytest.approx(
            [of_all, 2 * of_all, of_all]
        ), name


def test_what_accuses_somebody_is_in_the_districts_sum_alone(house_on_each: House) -> None:
    house = house_on_each
    house.problem(house.answered_case())
    house.case(words="社区冬天代发的物资一直没有说清楚标准", submission="2")
    before = sheet(house, "zheng", "statistics").rows
    offices = sheet(house, "chen", "statistics").rows
    house.case(kind=Kind.TIP_OFF, problem="3.3", words="民政局有人扣了低保钱，我有单子")
    assert sheet(house, "zheng", "statistics").rows == before
    after = sheet(house, "chen", "statistics").rows
    assert after[:-1] == offices[:-1]
    assert (offices[-1]["来件：举报"], after[-1]["来件：举报"]) == (0, 1)
    assert after[-1]["来件：投诉"] == offices[-1]["来件：投诉"] == 2
    assert {row["来件：举报"] for row in [*before, *after[:-1]]} == {None}
    narrowed = sheet(house, "chen", "statistics", f"{JUNE}&unit=MZ").rows
    assert {row["来件：举报"] for row in narrowed} == {None}
    passed_on = sheet(house, "chen", "statistics", f"{JUNE}&to_hand_on=y").rows
    assert {row["来件：举报"] for row in passed_on} == {None}
