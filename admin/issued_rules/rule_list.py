"""Reading issued rules: the list, one entry, and what annexes and summaries take from here.

Which problems a rule answers is told as far as the reader may see them, everywhere by one function.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from admin.issued_rules.issued_rule import (
    IssuedRule,
    IssuedRulePolicy,
    IssuedRuleVersion,
    RuleAct,
)
from admin.issued_rules.rule_answer import RuleAnswer
from admin.issued_rules.rule_reader import RuleReader
from admin.ledger.problem import Problem
from admin.ledger.sight import visible
from portal.foundation.formats import day_with_year

# One page of the list.
MOST = 100


@dataclass(frozen=True)
class Asked:
    """What is asked for; None leaves it open. Days are Shanghai's, both included."""

    unit: str | None = None
    act: RuleAct | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Line:
    """An entry as it stands now, with the codes of the policies that it changes and the numbers of
    the problems that it answers, of those that the reader may see."""

    rule: IssuedRule
    now: IssuedRuleVersion
    policies: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """《title》（number，day，what it did）, as summaries and annexes have it."""
        told = (self.now.document_number, day_with_year(self.now.issued_on), self.now.act.official)
        title = self.now.title
        quoted = title if title.startswith("《") else f"《{title}》"
        return f"{quoted}（{'，'.join(one for one in told if one)}）"


def lines(session: Session, by: RuleReader, asked: Asked, *, most: int | None = MOST) -> list[Line]:
    """The entries that this person may read, the last issued first."""
    return _lines(session, by, by.visible, *_asked(asked), most=most)


def issued_rules(
    session: Session, by: RuleReader, *, first: date, last: date, unit: str | None = None
) -> list[Line]:
    """For summaries: what was issued from one Shanghai day to another, by one unit or by all, and
    counts: what was withdrawn doesn't."""
    asked = Asked(unit=unit, first=first, last=last)
    return _lines(session, by, IssuedRule.withdrawn_at.is_(None), *_asked(asked), most=None)


def line_of(session: Session, by: RuleReader, rule_id: int) -> Line | None:
    """One entry, or None where there is none that this person may read."""
    return next(iter(_lines(session, by, by.visible, IssuedRule.id == rule_id, most=1)), None)


def rules_by_problem(
    session: Session, by: RuleReader, numbers: Collection[str]
) -> dict[str, list[Line]]:
    """The rules that answer some problems, by the problems' numbers, of those that this person may
    see; what was withdrawn answers none."""
    answering = (
        select(RuleAnswer.rule_id)
        .join(Problem, Problem.id == RuleAnswer.problem_id)
        .where(Problem.number.in_(numbers), RuleAnswer.taken_back_at.is_(None), visible(by.access))
    )
    found: dict[str, list[Line]] = defaultdict(list)
    holds = IssuedRule.withdrawn_at.is_(None)
    for line in _lines(session, by, holds, IssuedRule.id.in_(answering), most=None):
        for number in line.problems:
            if number in numbers:
                found[number].append(line)
    return dict(found)


def rules_in_words(session: Session, by: RuleReader, numbers: Collection[str]) -> dict[str, str]:
    """For annex 2's column 建章立制: what a problem's cell says, by the problem's number. A problem
    that no rule answers has none."""
    found = rules_by_problem(session, by, numbers)
    return {number: "；".join(line.in_words for line in found[number]) for number in found}


def rule_to_write(
    session: Session, by: RuleReader, rule_id: int, *, to_change: bool = False
) -> IssuedRule | None:
    """The entry of that number, or None where there is none that this person may write; `to_change`
    holds the row, so that the later of two waits."""
    wanted = select(IssuedRule).where(IssuedRule.id == rule_id)
    rule = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    return rule if rule and by.writes_of(rule.unit_code) else None


def versions_of(session: Session, rule: IssuedRule) -> list[IssuedRuleVersion]:
    """Everything that an entry said, what holds first."""
    wanted = select(IssuedRuleVersion).where(IssuedRuleVersion.rule_id == rule.id)
    return list(session.scalars(wanted.order_by(IssuedRuleVersion.version.desc())))


def policies_of_versions(session: Session, rule: IssuedRule) -> defaultdict[int, tuple[str, ...]]:
    """The codes of the policies that each version of an entry named, by the version."""
    wanted = (
        select(IssuedRulePolicy.version, IssuedRulePolicy.policy_code)
        .where(IssuedRulePolicy.rule_id == rule.id)
        .order_by(IssuedRulePolicy.policy_code)
    )
    return _grouped([(row[0], row[1]) for row in session.execute(wanted)])


def _lines(
    session: Session, by: RuleReader, *which: ColumnElement[bool], most: int | None
) -> list[Line]:
    wanted: Select[*tuple[Any, ...]] = (
        select(IssuedRule, IssuedRuleVersion)
        .join(
            IssuedRuleVersion,
            (IssuedRuleVersion.rule_id == IssuedRule.id)
            & (IssuedRuleVersion.version == IssuedRule.version),
        )
        .where(*which)
        .order_by(IssuedRuleVersion.issued_on.desc(), IssuedRule.id.desc())
        .limit(most)
    )
    rows = session.execute(wanted).all()
    ids = [rule.id for rule, _ in rows]
    problems, policies = _problems(session, by, ids), _policies(session, ids)
    return [Line(rule, now, policies[rule.id], problems[rule.id]) for rule, now in rows]


def _problems(
    session: Session, by: RuleReader, ids: Collection[int]
) -> defaultdict[int, tuple[str, ...]]:
    wanted = (
        select(RuleAnswer.rule_id, Problem.number)
        .join(Problem, Problem.id == RuleAnswer.problem_id)
        .where(RuleAnswer.rule_id.in_(ids), RuleAnswer.taken_back_at.is_(None), visible(by.access))
        .order_by(Problem.number)
    )
    return _grouped([(row[0], row[1]) for row in session.execute(wanted)])


def _policies(session: Session, ids: Collection[int]) -> defaultdict[int, tuple[str, ...]]:
    wanted = (
        select(IssuedRulePolicy.rule_id, IssuedRulePolicy.policy_code)
        .join(IssuedRule, IssuedRule.id == IssuedRulePolicy.rule_id)
        .where(IssuedRule.id.in_(ids), IssuedRulePolicy.version == IssuedRule.version)
        .order_by(IssuedRulePolicy.policy_code)
    )
    return _grouped([(row[0], row[1]) for row in session.execute(wanted)])


def _grouped(pairs: Collection[tuple[int, str]]) -> defaultdict[int, tuple[str, ...]]:
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for key, name in pairs:
        found[key] += (name,)
    return found


def _asked(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.unit is not None:
        conditions.append(IssuedRule.unit_code == asked.unit)
    if asked.act is not None:
        conditions.append(IssuedRuleVersion.act == asked.act)
    if asked.first is not None:
        conditions.append(IssuedRuleVersion.issued_on >= asked.first)
    if asked.last is not None:
        conditions.append(IssuedRuleVersion.issued_on <= asked.last)
    return conditions
