"""Annex 1 counted once more, by plain SQL and nothing else, and held against its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.campaign.book import book

# A problem counts as what it last became by the last day, if it was found in the time.
_RECOUNT = """
    WITH last AS (
        SELECT m.problem_id, m.state FROM problem_move m WHERE m.id = (
            SELECT max(n.id) FROM problem_move n
            WHERE n.problem_id = m.problem_id AND n.moved_on <= :last)
    ), began AS (
        SELECT problem_id, min(moved_on) AS found_on FROM problem_move GROUP BY problem_id
    )
    SELECT p.unit_code, p.problem_code, count(*),
        coalesce(sum(p.amount), 0), coalesce(sum(p.persons), 0),
        count(DISTINCT p.policy_code),
        count(CASE WHEN last.state = 'struck_off' THEN 1 END),
        count(CASE WHEN last.state IN ('found', 'rectifying', 'rectified') THEN 1 END),
        count(CASE WHEN last.state = 'carried_over' THEN 1 END),
        count(CASE WHEN last.state = 'unfounded' THEN 1 END),
        count(CASE WHEN p.source = 'own_check' THEN 1 END),
        count(CASE WHEN p.source = 'spot_check' THEN 1 END),
        count(CASE WHEN p.source = 'audit' THEN 1 END),
        count(CASE WHEN p.source = 'verification' THEN 1 END),
        coalesce(sum(CASE WHEN last.state = 'struck_off' THEN p.amount END), 0),
        count(r.problem_id), coalesce(sum(r.organisational), 0), coalesce(sum(r.disciplinary), 0)
    FROM problem p
    JOIN last ON last.problem_id = p.id
    JOIN began ON began.problem_id = p.id AND began.found_on BETWEEN :first AND :last
    LEFT JOIN problem_referral r ON r.problem_id = p.id AND r.referred_on <= :last
    {where}
    GROUP BY p.unit_code, p.problem_code
"""
_COUNTED = (
    "发现问题数", "涉及金额（万元）", "涉及人数", "涉及项目数", "已整改", "正在整改", "挂账",
    "不属实", "其中：自查", "其中：抽查", "其中：审计", "其中：核查", "已整改金额（万元）",
    "移送数", "组织处理人数", "党纪政务处分人数",
)  # fmt: skip
_MONEY = {"涉及金额（万元）", "已整改金额（万元）"}
_ADDS_UP = [name for name in _COUNTED if name != "涉及项目数"]


def hold_against_recount(
    session: Session, rows: list[dict[str, Any]], first: date, last: date, unit: str = ""
) -> None:
    """Whether the lines of an annex 1 over some Shanghai days, both included, are what a recount
    finds, and its sums the sums of its lines. `unit` narrows it."""
    here = book(session)
    query = _RECOUNT.format(where="WHERE p.unit_code = :unit" if unit else "")
    asked = {"first": first, "last": last, **({"unit": unit} if unit else {})}
    recounted = {
        (here.unit_name(row[0]), f"{row[1]} {here.problem_types[row[1]].plan_text}"): row[2:]
        for row in session.execute(text(query), asked)
    }
    types = {f"{code} {one.plan_text}" for code, one in here.problem_types.items()}
    lines = {(row["责任单位"], row["问题类别"]): row for row in rows if row["问题类别"] in types}
    # Lines of cases alone have no problem.
    found = {place: row for place, row in lines.items() if row["发现问题数"]}
    assert found.keys() == recounted.keys()
    for place, numbers in recounted.items():
        for name, number in zip(_COUNTED, numbers, strict=True):
            expected = float(number) / 10_000 if name in _MONEY else number
            assert found[place][name] == pytest.approx(expected), (place, name)
    _adds_up(rows, list(found.values()))


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
