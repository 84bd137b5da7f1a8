"""Reading the ledger: pages of problems with filters, and totals that reconcile (台账)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.own_units import serves_the_office_alone
from admin.ledger.counting import Totals, totals_now
from admin.ledger.day_come import DayCome
from admin.ledger.problem import Problem, Source
from admin.ledger.problem_referral import ProblemReferral
from admin.ledger.sight import visible
from portal.foundation import clock
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
    day_come: DayCome | None = None
    before: str | None = None


@dataclass(frozen=True)
class Page:
    """One page of problems, newest first. `next_before` begins the next one, None at the end."""

    problems: tuple[Problem, ...]
    next_before: str | None


def totals(session: Session, access: Access, wanted: Wanted) -> Totals:
    """The totals of a unit and type; the state filter is left out, since they are its tabs."""
    return totals_now(session, visible(access), *_narrowed(wanted))


def count_referred(session: Session, access: Access, wanted: Wanted) -> int | None:
    """How many of those that `totals` counts were referred (其中移送). For who serves the office
    alone: None for anybody else, since the mark is kept from the unit that it concerns."""
    if not serves_the_office_alone(access):
        return None
    marked = select(func.count()).select_from(ProblemReferral)
    marked = marked.join(Problem, Problem.id == ProblemReferral.problem_id)
    return session.scalar(marked.where(visible(access), *_narrowed(wanted))) or 0


def count_each(session: Session, access: Access, *wanted: Wanted) -> list[int]:
    """How long each of some lists is, in one statement."""
    each = [func.count().filter(*_narrowed(one), *_in_state(one)) for one in wanted]
    counted = select(*each).select_from(Problem).where(visible(access))
    return list(session.execute(counted).one())


def page(session: Session, access: Access, wanted: Wanted) -> Page:
    """A page of the problems that this person may see."""
    query = select(Problem).where(visible(access), *_narrowed(wanted), *_in_state(wanted))
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
    if wanted.day_come is not None:
        conditions.append(wanted.day_come.on(clock.today()))
    return conditions


def _in_state(wanted: Wanted) -> list[ColumnElement[bool]]:
    return [] if wanted.state is None else [Problem.state == wanted.state]


def _id_of(access: Access, number: str) -> ScalarSelect[int]:
    found = select(Problem.id).where(Problem.number == number, visible(access))
    return found.scalar_subquery()
