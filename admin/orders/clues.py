"""What became of the clues that an audit body handed over (plan 四(三)): its own number, how far
each is, and what the ledger says. Nothing of the words, and not who has it.

What accuses the audit body itself, or whoever looks, isn't among them: for him it doesn't exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, NoSuchCase, handed_over_by
from admin.ledger.problem import Problem, ProblemCase
from intake.cases.case import Case
from intake.cases.event import Event
from intake.cases.order import Order
from intake.order_number import number_of
from intake.told import told_without_unit
from portal.campaign.kinds import Kind
from portal.published.result import ResultState

PAGE_SIZE = 20
_SHOWN: tuple[Any, ...] = (Case.id, Case.number, Case.kind, Case.state, Case.referred)


@dataclass(frozen=True)
class Clue:
    """One clue. `recovered` is in yuan, of the problems that were struck off; `problems` counts
    what the ledger opened of it, `struck_off` those that are over."""

    number: str
    their_number: str
    ordered_on: date
    wanted_by: date | None
    kind: Kind
    state: str
    answered_on: date | None
    problems: int
    struck_off: int
    recovered: Decimal

    @property
    def outcome(self) -> str:
        """What the ledger says, in a few words; empty where nothing stands in it."""
        if not self.problems:
            return ""
        if self.struck_off < self.problems:
            return f"列入台账{self.problems}个问题，已销号{self.struck_off}个"
        return f"列入台账{self.problems}个问题，都已销号"


@dataclass(frozen=True)
class Page:
    """Clues, the newest first. `before` and `after` are the numbers at which its neighbours begin,
    None where there are none."""

    clues: Sequence[Clue]
    before: str | None
    after: str | None


def read_page(session: Session, access: Access, *, before: str = "", after: str = "") -> Page:
    """One page of the clues of a person's audit body; a number that isn't among them gives the
    first page."""
    mark = session.execute(_own(access).where(Case.number == (before or after))).first()
    backwards = bool(before) and mark is not None
    query = _own(access)
    if mark is not None:
        query = query.where(_beyond(mark, backwards=backwards))
    keys = (Order.entered_at, Case.number)
    order = [key.asc() if backwards else key.desc() for key in keys]
    found = list(session.execute(query.order_by(*order).limit(PAGE_SIZE + 1)).all())
    rows, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    rows = rows[::-1] if backwards else rows
    if not rows:
        return Page((), None, None)
    has_before = more if backwards else mark is not None
    return Page(
        _clues(session, rows),
        before=rows[0].number if has_before else None,
        after=rows[-1].number if backwards or more else None,
    )


def read_clue(session: Session, access: Access, number: str) -> Clue:
    """One clue of a person's audit body.

    Raises:
        NoSuchCase: it isn't one, or there is none; nobody is told which.
    """
    row = session.execute(_own(access).where(Case.number == number)).first()
    if row is None:
        raise NoSuchCase(number)
    return _clues(session, [row])[0]


def _own(access: Access) -> Select[Any]:
    query = select(Order, *_SHOWN).join(Case, Case.id == Order.case_id)
    return query.where(handed_over_by(access))


def _beyond(mark: Row[Any], *, backwards: bool) -> ColumnElement[bool]:
    at, number = mark.Order.entered_at, mark.number
    same = Order.entered_at == at
    if backwards:
        return or_(Order.entered_at > at, and_(same, Case.number > number))
    return or_(Order.entered_at < at, and_(same, Case.number < number))


def _clues(session: Session, rows: Sequence[Row[Any]]) -> list[Clue]:
    ids = [row.id for row in rows]
    events, problems = _events(session, ids), _problems(session, ids)
    return [
        _clue(session, row, events.get(row.id, set()), problems.get(row.id, [])) for row in rows
    ]


def _clue(session: Session, row: Row[Any], events: set[str], problems: Sequence[Any]) -> Clue:
    order: Order = row.Order
    over = [one for one in problems if one.state is ResultState.STRUCK_OFF]
    return Clue(
        number=row.number,
        their_number=number_of(session, order),
        ordered_on=order.ordered_on,
        wanted_by=order.wanted_by,
        kind=row.kind,
        state=told_without_unit(row.kind, row.state, events, referred=row.referred),
        answered_on=order.answered_on,
        problems=len(problems),
        struck_off=len(over),
        recovered=sum((one.recovered or Decimal(0) for one in over), Decimal(0)),
    )


def _events(session: Session, ids: Sequence[int]) -> Mapping[int, set[str]]:
    names: dict[int, set[str]] = {}
    asked = select(Event.case_id, Event.name).where(Event.case_id.in_(ids))
    for case_id, name in session.execute(asked):
        names.setdefault(case_id or 0, set()).add(name)
    return names


def _problems(session: Session, ids: Sequence[int]) -> Mapping[int, list[Any]]:
    """What the ledger holds of these cases: how far, and what was recovered."""
    found: dict[int, list[Any]] = {}
    asked = (
        select(ProblemCase.case_id, Problem.state, Problem.recovered)
        .join(Problem, Problem.id == ProblemCase.problem_id)
        .where(ProblemCase.case_id.in_(ids))
    )
    for row in session.execute(asked):
        found.setdefault(row.case_id, []).append(row)
    return found
