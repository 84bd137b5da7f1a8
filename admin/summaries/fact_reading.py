"""Reading what the numbers of a summary are counted from: one list for each sort of fact, each read
once. Whoever puts a summary together reads the same, so that two of the office count alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.annexes.entry import Entry
from admin.annexes.reading import chunks
from admin.annexes.wanted import Wanted
from admin.declarations.declaration_list import totals
from admin.declarations.keeper import Keeper
from admin.declarations.months import month_of
from admin.figures.milestone import Milestone, Step
from admin.figures.reading import answers_owed
from admin.figures.scope import ACCUSES, accuses_who_counts
from admin.issued_rules.rule_list import Line as RuleLine
from admin.issued_rules.rule_list import issued_rules
from admin.issued_rules.rule_reader import RuleReader
from admin.ledger.problem import Problem
from admin.rounds.supervision_round import RoundProblem, RoundVisit, SupervisionRound
from admin.spot_checks.check_entry import CheckFinding
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.spot_check import CheckState, SpotCheck
from admin.summaries.number import Row, RowKind
from admin.summaries.planned import Planned
from admin.summaries.returns_count import ReturnRow, return_rows
from intake.cases.case import Case
from portal.campaign.kinds import Kind
from portal.foundation import clock


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything of a time until a Shanghai day. `accusing` cases accuse somebody; they leave out
    what accuses the office, or anybody who counts for the district, whoever reads."""

    counted_on: date
    problems: Sequence[Entry]
    cases: Sequence[tuple[Kind, Row]]
    accusing: Sequence[Row]
    answered: Sequence[tuple[bool, Row]]
    unanswered: Sequence[Row]
    returns: Sequence[ReturnRow]
    in_frame: Sequence[tuple[bool, Row]]
    check_problems: Sequence[Row]
    visits: Sequence[Row]
    round_problems: Sequence[Row]
    declared: Sequence[Row]
    refunded: Sequence[Row]
    rules: Sequence[RuleLine]


def read_facts(session: Session, by: Hand, planned: Planned) -> Facts:
    """What there is now: of the summary's days, those that have come."""
    book, first = by.book, planned.days.first
    last = min(planned.days.last, clock.today())
    wanted = Wanted(first=first, last=last)
    declared, refunded = _declarations(session, by, first, last)
    reader = RuleReader(by.access, frozenset(), book)
    return Facts(
        counted_on=last,
        problems=[entry for chunk in chunks(session, by.access, wanted) for entry in chunk.entries],
        cases=_cases(session, first, last),
        accusing=_accusing(session, by, first, last),
        answered=_answered(session, first, last),
        unanswered=_unanswered(session, last),
        returns=list(return_rows(session, book, first, last)),
        in_frame=_in_frame(session, first, last),
        check_problems=_check_problems(session, first, last),
        visits=_visits(session, first, last),
        round_problems=_round_problems(session, first, last),
        declared=declared,
        refunded=refunded,
        rules=issued_rules(session, reader, first=first, last=last),
    )


def _cases(session: Session, first: date, last: date) -> list[tuple[Kind, Row]]:
    return [(row.kind, _case(row)) for row in _registered(session, first, last, ~ACCUSES)]


def _accusing(session: Session, by: Hand, first: date, last: date) -> list[Row]:
    which = (ACCUSES, ~accuses_who_counts(by.book), ~Case.sealed)
    return [_case(row) for row in _registered(session, first, last, *which)]


def _registered(
    session: Session, first: date, last: date, *which: ColumnElement[bool]
) -> Sequence[Case]:
    wanted = select(Case).where(Case.registered_on.between(first, last), *which)
    return session.scalars(wanted.order_by(Case.registered_on, Case.id)).all()


def _case(case: Case) -> Row:
    return Row(
        kind=RowKind.CASE,
        key=case.number,
        unit=case.unit_code,
        problem_type=case.problem_code or "",
        on=case.registered_on,
    )


def _answered(session: Session, first: date, last: date) -> list[tuple[bool, Row]]:
    """Every answer of the time to what accuses nobody, with whether it was in time."""
    wanted = (
        select(Case.number, Milestone.unit_code, Milestone.happened_on, Milestone.due_on)
        .join(Case, Case.id == Milestone.case_id)
        .where(
            Milestone.step == Step.ANSWERED, Milestone.happened_on.between(first, last), ~ACCUSES
        )
        .order_by(Milestone.happened_on, Milestone.id)
    )
    return [
        (due is None or on <= due, Row(kind=RowKind.CASE, key=number, unit=unit, on=on))
        for number, unit, on, due in session.execute(wanted)
    ]


def _unanswered(session: Session, last: date) -> list[Row]:
    """What was overdue at the end of the time and not answered; of one unit each case once."""
    wanted = (
        select(Case.number, Milestone.unit_code)
        .join(Case, Case.id == Milestone.case_id)
        .where(*answers_owed(last), ~ACCUSES)
        .group_by(Case.number, Milestone.unit_code)
        .order_by(Case.number)
    )
    return [Row(kind=RowKind.CASE, key=row[0], unit=row[1]) for row in session.execute(wanted)]


def _drawn_between(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return (SpotCheck.state == CheckState.DRAWN, SpotCheck.number_on.between(first, last))


def _in_frame(session: Session, first: date, last: date) -> list[tuple[bool, Row]]:
    """Every unit that could be drawn, with whether it was."""
    wanted = (
        select(CheckedUnit.check_id, CheckedUnit.unit_code, CheckedUnit.drawn, SpotCheck.number_on)
        .join(SpotCheck, SpotCheck.id == CheckedUnit.check_id)
        .where(*_drawn_between(first, last))
        .order_by(CheckedUnit.check_id, CheckedUnit.unit_code)
    )
    return [
        (drawn, Row(kind=RowKind.CHECK, key=f"{check}/{unit}", unit=unit, on=on))
        for check, unit, drawn, on in session.execute(wanted)
    ]


def _check_problems(session: Session, first: date, last: date) -> list[Row]:
    wanted = (
        select(Problem.number, Problem.unit_code, Problem.problem_code)
        .join(CheckFinding, CheckFinding.problem_id == Problem.id)
        .join(SpotCheck, SpotCheck.id == CheckFinding.check_id)
        .where(*_drawn_between(first, last))
        .order_by(Problem.id)
    )
    return [_problem(*row) for row in session.execute(wanted)]


def _visits(session: Session, first: date, last: date) -> list[Row]:
    wanted = (
        select(SupervisionRound.key, RoundVisit.unit_code, RoundVisit.visited_on)
        .join(SupervisionRound, SupervisionRound.id == RoundVisit.round_id)
        .where(RoundVisit.visited_on.between(first, last))
        .order_by(RoundVisit.visited_on, RoundVisit.id)
    )
    return [
        Row(kind=RowKind.ROUND, key=key, unit=unit, on=on)
        for key, unit, on in session.execute(wanted)
    ]


def _round_problems(session: Session, first: date, last: date) -> list[Row]:
    wanted = (
        select(Problem.number, Problem.unit_code, Problem.problem_code)
        .join(RoundProblem, RoundProblem.problem_id == Problem.id)
        .join(RoundVisit, RoundVisit.id == RoundProblem.visit_id)
        .where(RoundVisit.visited_on.between(first, last))
        .order_by(Problem.id)
    )
    return [_problem(*row) for row in session.execute(wanted)]


def _problem(number: str, unit: str, problem_type: str) -> Row:
    return Row(kind=RowKind.PROBLEM, key=number, unit=unit, problem_type=problem_type)


def _declarations(
    session: Session, by: Hand, first: date, last: date
) -> tuple[list[Row], list[Row]]:
    """How many declared, and what was paid back, of each unit; by the months of the two days."""
    access = by.access
    keeper = Keeper(access.staff_id, access.desks, access.as_office, by.book)
    months = (month_of(by.book, first), month_of(by.book, last))
    sums = totals(session, keeper, first=months[0], last=months[1])
    told = partial(Row, kind=RowKind.DECLARED)
    return (
        [
            told(key=unit, unit=unit, worth=Decimal(one.declared), people=one.declared)
            for unit, one in sums.items()
            if one.declared
        ],
        [
            told(key=unit, unit=unit, worth=one.yuan, people=one.refunded)
            for unit, one in sums.items()
            if one.refunded or one.yuan
        ],
    )
