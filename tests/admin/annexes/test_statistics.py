"""Annex 1: every number of it is counted once more by plain SQL, and it is the sum of annex 2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.admin.annexes.ledger_of_all_states import LedgerOfAllStates
from tests.admin.annexes.recount import hold_against_recount
from tests.admin.annexes.sheets import JUNE, sheet
from tests.admin.house import House
from tests.deployments import Deployment


@pytest.fixture
def ledger(each_campaign: Deployment) -> Iterator[LedgerOfAllStates]:
    """Problems in every state, of either campaign."""
    with clock.stopped_at(datetime(2022, 6, 6, 4, 0, tzinfo=UTC)):
        yield LedgerOfAllStates.of(each_campaign, 36)


def test_every_number_is_what_a_recount_finds(ledger: LedgerOfAllStates) -> None:
    house = ledger.house
    found = sheet(house, "chen", "statistics")
    with house.deployment.database.reading() as session:
        hold_against_recount(session, found.rows, date(2022, 6, 1), date(2022, 6, 6))
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
