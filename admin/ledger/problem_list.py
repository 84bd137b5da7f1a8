"""Reading the ledger: pages of problems with filters, and totals that reconcile (台账)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.ledger.counting import Totals, totals_now
from admin.ledger.problem import Problem, Source
from admin.ledger.sight import visible
from portal.published.result import ResultState

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; None leaves it open. `before` is the last number already seen."""

    unit: str | None = None
    line: str | None = None
    source: Source | None = None
    problem_type: str | None = None
    state: ResultState | None = None
    before: str | None = None


@dataclass(frozen=True)
class Page:
    """One page of problems, newest first. `next_before` begins the next one, None at the end."""

    problems: tuple[Problem, ...]
    next_before: str | None


def totals(session: Session, access: Access, wanted: Wanted) -> Totals:
    """The totals of a unit and type; the state filter is left out, since they are its tabs."""
    return totals_now(session, visible(access), *_narrowed(wanted))


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
    if wanted.line is not None:
        conditions.append(Problem.line_code == wanted.line)
    if wanted.source is not None:
        conditions.append(Problem.source == wanted.source)
    if wanted.problem_type is not None:
        conditions.append(Problem.problem_code == wanted.problem_type)
    return conditions


def _id_of(access: Access, number: str) -> ScalarSelect[int]:
    found = select(Problem.id).where(Problem.number == number, visible(access))
    return found.scalar_subquery()
