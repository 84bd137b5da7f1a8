"""Who is in charge as one table, policy by problem (谁主管谁负责, plan 四(二)).

Problems that the same units answer for, whatever the policy, share a column; policies of one unit
that are answered alike in every column share a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.campaign.book import Book
from portal.campaign.in_charge import Charge, InCharge, whom
from portal.campaign.policy import Policy
from portal.campaign.problem_type import ProblemType
from portal.campaign.unit import Unit


@dataclass(frozen=True)
class Column:
    """Problems answered by the same rule, with a short label for their head."""

    label: str
    problems: list[ProblemType]

    @property
    def accuses(self) -> bool:
        """Whether they accuse somebody, so that no unit in charge is named for them."""
        return self.problems[0].accuses


@dataclass(frozen=True)
class Row:
    """Policies of one unit that are answered alike: for each column whom to ask, the general rule
    first. A column that accuses names nobody: it goes to the line and to discipline inspection."""

    unit: Unit
    policies: list[Policy]
    answers: list[list[Charge]]


@dataclass(frozen=True)
class AnswerMatrix:
    """The columns in the plan's order of problems, the rows in the campaign's order of units."""

    columns: list[Column]
    rows: list[Row]

    @classmethod
    def on(cls, day: date, found: Book) -> AnswerMatrix:
        """What the rows in force on a Shanghai day say."""
        in_charge = InCharge(found, day)
        columns = _columns(in_charge, found)
        return cls(columns, _rows(columns, in_charge, found))


def _columns(in_charge: InCharge, found: Book) -> list[Column]:
    alike: dict[object, list[ProblemType]] = {}
    for problem in found.problem_types.values():
        answers = [_answer(code, problem, in_charge) for code in found.policies]
        rule = (problem.accuses, *map(whom, answers))
        alike.setdefault(rule, []).append(problem)
    return [Column(_label(problems, found), problems) for problems in alike.values()]


def _rows(columns: list[Column], in_charge: InCharge, found: Book) -> list[Row]:
    alike: dict[object, Row] = {}
    for code, policy in found.policies.items():
        unit = in_charge.answering(policy=code)[0].unit
        answers = [_answer(code, column.problems[0], in_charge) for column in columns]
        rule = (unit.code, *map(whom, answers))
        alike.setdefault(rule, Row(unit, [], answers)).policies.append(policy)
    return sorted(alike.values(), key=lambda row: row.unit.position)


def _answer(policy: str, problem: ProblemType, in_charge: InCharge) -> list[Charge]:
    return [] if problem.accuses else in_charge.answering(policy=policy, problem=problem.code)


def _label(problems: list[ProblemType], found: Book) -> str:
    """The name of the plan's group where they are all of it; else how the first one begins."""
    group = [one for one in found.problem_types.values() if one.group == problems[0].group]
    if problems == group:
        return problems[0].group_name
    begins = problems[0].plain_text.partition("，")[0]
    return begins if len(problems) == 1 else f"{begins}等{len(problems)}种"
