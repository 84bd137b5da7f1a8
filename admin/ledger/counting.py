"""How many problems there were in which state on which day (台账的数), counted from their moves.
The figures of every page, return and annex reconcile because they are all counted here.

found = struck off + in hand + carried over + unfounded, for any day and any narrowing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.ledger.problem_move import ProblemMove
from portal.published.result import ResultState

IN_HAND = (ResultState.FOUND, ResultState.RECTIFYING, ResultState.RECTIFIED)


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
    last = (
        select(func.max(ProblemMove.id))
        .where(ProblemMove.moved_on <= day)
        .group_by(ProblemMove.problem_id)
    )
    rows = session.execute(
        select(ProblemMove.state, func.count())
        .join(Problem, Problem.id == ProblemMove.problem_id)
        .where(ProblemMove.id.in_(last), *which)
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
