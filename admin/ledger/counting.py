"""How many problems there were in which state on which day (台账的数), counted from their moves.
The figures of every page, return and annex reconcile because they are all counted here.

found = struck off + in hand + carried over + unfounded, for any day and any narrowing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Row, ScalarSelect, func, select
from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.ledger.problem_move import ProblemMove
from portal.published.result import ResultState

IN_HAND = (ResultState.FOUND, ResultState.RECTIFYING, ResultState.RECTIFIED)


@dataclass(frozen=True)
class Sums:
    """What some problems are about, in yuan and people; what isn't known counts as nothing."""

    amount: Decimal
    persons: int
    recovered: Decimal
    paid_back: Decimal


@dataclass(frozen=True)
class Totals:
    """Problems by state: found = struck off + in hand + carried over + unfounded."""

    by_state: Mapping[ResultState, int]

    @property
    def found(self) -> int:
        """Every problem that ever stood in the ledger."""
        return sum(self.by_state.values())

    @property
    def in_hand(self) -> int:
        """Found, being rectified, or waiting for the office's approval."""
        return sum(self.of(state) for state in IN_HAND)

    def of(self, state: ResultState) -> int:
        """How many are in one state."""
        return self.by_state.get(state, 0)


def totals_now(session: Session, *which: ColumnElement[bool]) -> Totals:
    """The totals as they stand; `which` narrows the problems."""
    rows = session.execute(
        select(Problem.state, func.count()).where(*which).group_by(Problem.state)
    ).all()
    return Totals({row[0]: row[1] for row in rows})


def totals_on(session: Session, day: date, *which: ColumnElement[bool]) -> Totals:
    """The totals at the end of a Shanghai day: each problem counts as what it last became."""
    rows = session.execute(
        select(ProblemMove.state, func.count())
        .join(Problem, Problem.id == ProblemMove.problem_id)
        .where(ProblemMove.id.in_(_last_moves(day)), *which)
        .group_by(ProblemMove.state)
    ).all()
    return Totals({row[0]: row[1] for row in rows})


def moved_between(
    session: Session, first: date, last: date, *which: ColumnElement[bool]
) -> Mapping[ResultState, int]:
    """How many problems came into each state from one Shanghai day to another, both included; one
    that came into a state twice counts once."""
    rows = session.execute(
        select(ProblemMove.state, func.count(ProblemMove.problem_id.distinct()))
        .join(Problem, Problem.id == ProblemMove.problem_id)
        .where(ProblemMove.moved_on.between(first, last), *which)
        .group_by(ProblemMove.state)
    ).all()
    return {row[0]: row[1] for row in rows}


def entered_between(
    session: Session, first: date, last: date, *which: ColumnElement[bool]
) -> list[str]:
    """The numbers of the problems that entered the ledger from one Shanghai day to another, both
    included, in the order in which they came. What is looked at again isn't entered again."""
    entering = select(func.min(ProblemMove.id)).group_by(ProblemMove.problem_id)
    return list(
        session.scalars(
            select(Problem.number)
            .join(ProblemMove, ProblemMove.problem_id == Problem.id)
            .where(ProblemMove.id.in_(entering), ProblemMove.moved_on.between(first, last), *which)
            .order_by(Problem.id)
        )
    )


def entered_by_unit(
    session: Session, first: date, last: date
) -> Mapping[tuple[str, str | None], int]:
    """How many of them there are by the unit that puts them right and the department that sums them
    up, None where none does."""
    entering = select(func.min(ProblemMove.id)).group_by(ProblemMove.problem_id)
    rows = session.execute(
        select(Problem.unit_code, Problem.line_code, func.count())
        .join(ProblemMove, ProblemMove.problem_id == Problem.id)
        .where(ProblemMove.id.in_(entering), ProblemMove.moved_on.between(first, last))
        .group_by(Problem.unit_code, Problem.line_code)
    )
    return {(unit, line): count for unit, line, count in rows}


def which_moved_between(
    session: Session, first: date, last: date, *which: ColumnElement[bool]
) -> Mapping[ResultState, list[str]]:
    """The numbers of those that `moved_between` counts, each state's in the order of the ledger."""
    rows = session.execute(
        select(ProblemMove.state, Problem.number)
        .join(Problem, Problem.id == ProblemMove.problem_id)
        .where(ProblemMove.moved_on.between(first, last), *which)
        .group_by(ProblemMove.state, Problem.number, Problem.id)
        .order_by(Problem.id)
    ).all()
    return _by_state(rows)


def which_stood_on(
    session: Session, day: date, *which: ColumnElement[bool]
) -> Mapping[ResultState, list[str]]:
    """The numbers of those that `totals_on` counts, each state's in the order of the ledger."""
    rows = session.execute(
        select(ProblemMove.state, Problem.number)
        .join(Problem, Problem.id == ProblemMove.problem_id)
        .where(ProblemMove.id.in_(_last_moves(day)), *which)
        .order_by(Problem.id)
    ).all()
    return _by_state(rows)


def sums_of(session: Session, *which: ColumnElement[bool]) -> Sums:
    """The sums of some problems, as the ledger has them now."""
    sums = session.execute(
        select(
            func.coalesce(func.sum(Problem.amount), 0),
            func.coalesce(func.sum(Problem.persons), 0),
            func.coalesce(func.sum(Problem.recovered), 0),
            func.coalesce(func.sum(Problem.paid_back), 0),
        ).where(*which)
    ).one()
    return Sums(_cents(sums[0]), int(sums[1] or 0), _cents(sums[2]), _cents(sums[3]))


def _last_moves(day: date) -> ScalarSelect[int]:
    last = select(func.max(ProblemMove.id)).where(ProblemMove.moved_on <= day)
    return last.group_by(ProblemMove.problem_id).scalar_subquery()


def _by_state(rows: Iterable[Row[ResultState, str]]) -> Mapping[ResultState, list[str]]:
    found: dict[ResultState, list[str]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row[1])
    return found


def _cents(value: Decimal | int | None) -> Decimal:
    return Decimal(value or 0).quantize(Decimal("0.01"))
