"""Reading the ledger: pages of problems with filters, and totals that reconcile (台账)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.ledger.problem import Problem
from admin.ledger.sight import visible
from portal.published.result import ResultState

PAGE = 50
IN_HAND = (ResultState.FOUND, ResultState.RECTIFYING, ResultState.RECTIFIED)


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; None leaves it open. `before` is the last number already seen."""

    unit: str | None = None
    problem_type: str | None = None
    state: ResultState | None = None
    before: str | None = None


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


@dataclass(frozen=True)
class Page:
    """One page of problems, newest first. `next_before` begins the next one, None at the end."""

    problems: tuple[Problem, ...]
    next_before: str | None


def totals(session: Session, access: Access, wanted: Wanted) -> Totals:
    """The totals of a unit and type; the state filter is left out, since they are its tabs."""
    rows = session.execute(
        select(Problem.state, func.count())
        .where(visible(access), *_narrowed(wanted))
        .group_by(Problem.state)
    ).all()
    return Totals({row[0]: row[1] for row in rows})


def page(session: Session, access: Access, wanted: Wanted) -> Page:
    """A page of the problems that this person may see."""
    query = select(Problem).where(visible(access), *_narrowed(wanted))
    if wanted.state is not None:
        query = query.where(Problem.state == wanted.state)
    if wanted.before is not None:
        query = query.where(Problem.id < _id_of(access, wanted.before))
    rows = session.scalars(query.order_by(Problem.id.desc()).limit(PAGE + 1)).all()
    more = rows[PAGE - 1].number if len(rows) > PAGE else None
    return Page(tuple(rows[:PAGE]), more)


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.unit is not None:
        conditions.append(Problem.unit_code == wanted.unit)
    if wanted.problem_type is not None:
        conditions.append(Problem.problem_code == wanted.problem_type)
    return conditions


def _id_of(access: Access, number: str) -> ScalarSelect[int]:
    found = select(Problem.id).where(Problem.number == number, visible(access))
    return found.scalar_subquery()
