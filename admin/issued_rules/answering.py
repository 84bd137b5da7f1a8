"""Saying which problems of the ledger a rule answers (标本兼治、建章立制, plan 二(二))."""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from admin.entries.standing import AlreadyWithdrawn, SomebodyWasFaster
from admin.issued_rules.issued_rule import IssuedRule
from admin.issued_rules.rule_answer import RuleAnswer
from admin.issued_rules.rule_reader import RuleReader
from admin.ledger.problem import Problem
from admin.ledger.sight import visible
from intake.cases.event import record
from portal.foundation import clock

_BETWEEN = re.compile(r"[\s,，、;；]+")


class NoSuchProblems(Exception):
    """There are no such problems, or none that this person may see: nobody is told which."""

    def __init__(self, numbers: Collection[str]) -> None:
        super().__init__(f"{len(numbers)} numbers")
        self.numbers = sorted(numbers)


def numbers_in(typed: str) -> tuple[str, ...]:
    """The numbers of problems in what was typed, each once."""
    return tuple(dict.fromkeys(one.upper() for one in _BETWEEN.split(typed) if one))


def answered(session: Session, rule: IssuedRule, by: RuleReader) -> tuple[str, ...]:
    """The numbers of the problems that a rule answers, of those that this person may see."""
    return tuple(
        session.scalars(
            select(Problem.number)
            .join(RuleAnswer, RuleAnswer.problem_id == Problem.id)
            .where(RuleAnswer.rule_id == rule.id, _holds(), visible(by.access))
            .order_by(Problem.number)
        )
    )


def say_answers(
    session: Session,
    rule: IssuedRule,
    *,
    by: RuleReader,
    seen: Collection[str],
    wanted: Collection[str],
) -> None:
    """Make a rule answer exactly the problems `wanted` of those that this person may see; what he
    may not see stays as it is. `seen` are the numbers that he had before him. The entry must be his
    to write.

    Raises:
        AlreadyWithdrawn, SomebodyWasFaster, NoSuchProblems: see there.
    """
    if rule.withdrawn_at is not None:
        raise AlreadyWithdrawn(rule.id)
    if set(answered(session, rule, by)) != set(seen):
        raise SomebodyWasFaster(rule.id)
    known = _known(session, by, {*seen, *wanted})
    if unknown := set(wanted) - known.keys():
        raise NoSuchProblems(unknown)
    for number in sorted(set(seen) - set(wanted)):
        _take_back(session, rule, by, known[number], number)
    for number in sorted(set(wanted) - set(seen)):
        session.add(
            RuleAnswer(
                rule_id=rule.id,
                problem_id=known[number],
                said_by=by.access.staff_id,
                said_at=clock.now(),
            )
        )
        _note(session, "rule_answers_problem", rule, by, number)
    session.flush()


def _known(session: Session, by: RuleReader, numbers: Collection[str]) -> dict[str, int]:
    wanted = select(Problem.number, Problem.id).where(
        Problem.number.in_(numbers), visible(by.access)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def _take_back(
    session: Session, rule: IssuedRule, by: RuleReader, problem_id: int, number: str
) -> None:
    standing = select(RuleAnswer).where(
        RuleAnswer.rule_id == rule.id, RuleAnswer.problem_id == problem_id, _holds()
    )
    for one in session.scalars(standing):
        one.taken_back_by, one.taken_back_at = by.access.staff_id, clock.now()
    _note(session, "rule_answer_taken_back", rule, by, number)


def _note(session: Session, name: str, rule: IssuedRule, by: RuleReader, number: str) -> None:
    record(session, name, by=by.access.staff_id, rule=rule.id, problem=number)


def _holds() -> ColumnElement[bool]:
    return RuleAnswer.taken_back_at.is_(None)
