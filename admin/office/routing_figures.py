"""How often the rules' first decision was right, by channel and by the unit that they chose.

A case is judged by what the office said of it last; where it said nothing, by its life: a unit that
took it on was right, one that it was taken away from was wrong. What nobody has judged yet counts
for neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.desk.correction import Correction
from intake.cases.assignment import Assignment
from intake.cases.case import Case
from intake.rules.lifecycle import State
from portal.foundation import clock

_A_YEAR = timedelta(days=365)
_TAKEN_ON = (State.ACCEPTED, State.DRAFTED, State.REPLIED, State.CLOSED)
_RIGHT, _WRONG, _OPEN = "right", "wrong", "open"


@dataclass
class Tally:
    """How many cases came, how many the rules gave to a unit themselves, and how those fared."""

    came: int = 0
    decided: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def judged(self) -> int:
        """Of how many it is known."""
        return self.right + self.wrong

    @property
    def share(self) -> str:
        """The share that was right, with a whole number of per cent; empty where none is known."""
        return f"{round(100 * self.right / self.judged)}%" if self.judged else ""


@dataclass
class Figures:
    """The tallies of the last year, of the cases that somebody may see. `said` is how often each
    thing was right of those that the office looked at."""

    by_channel: dict[str, Tally] = field(default_factory=dict)
    by_unit: dict[str, Tally] = field(default_factory=dict)
    corrected: int = 0
    said: Mapping[str, int] = field(default_factory=dict)


def figures(session: Session, access: Access) -> Figures:
    """Count them."""
    found = Figures()
    for row in session.execute(_grouped(access)):
        _add(found.by_channel, row.channel.official, row)
        if row.decided:
            _add(found.by_unit, row.first_unit_code, row)
    said = session.execute(_said(access)).one()
    found.corrected = said.n
    found.said = {name: getattr(said, name) or 0 for name in _JUDGED}
    return found


def _add(tallies: dict[str, Tally], key: str, row: Row[Any]) -> None:
    tally = tallies.setdefault(key, Tally())
    tally.came += row.n
    if row.decided:
        tally.decided += row.n
        tally.right += row.n if row.verdict == _RIGHT else 0
        tally.wrong += row.n if row.verdict == _WRONG else 0


def _counted(access: Access) -> ColumnElement[bool]:
    """The cases of the last year that came by themselves: a part was sorted by a person."""
    return and_(
        visible(access),
        Case.part_of_id.is_(None),
        Case.first_unit_code.is_not(None),
        Case.registered_on > clock.today() - _A_YEAR,
    )


def _grouped(access: Access) -> Any:
    by_rules = select(Assignment.id).where(
        Assignment.case_id == Case.id,
        Assignment.staff_id.is_(None),
        Assignment.unit_code == Case.first_unit_code,
        Assignment.assigned_at == Case.registered_at,
    )
    last = _last(Correction.unit_right)
    verdict = case(
        (last.is_(True), _RIGHT),
        (last.is_(False), _WRONG),
        (Case.unit_code != Case.first_unit_code, _WRONG),
        (Case.state.in_(_TAKEN_ON), _RIGHT),
        else_=_OPEN,
    )
    each = (
        select(
            Case.channel,
            Case.first_unit_code,
            by_rules.exists().label("decided"),
            verdict.label("verdict"),
        )
        .where(_counted(access))
        .subquery()
    )
    keys = (each.c.channel, each.c.first_unit_code, each.c.decided, each.c.verdict)
    return select(*keys, func.count().label("n")).group_by(*keys)


def _last(column: Any) -> Any:
    """What the last correction of a case says."""
    said = select(column).where(Correction.case_id == Case.id).order_by(Correction.id.desc())
    return said.limit(1).correlate(Case).scalar_subquery()


_JUDGED: Mapping[str, Callable[[], Any]] = {
    "kind_right": lambda: Correction.kind_right,
    "policy_right": lambda: Correction.policy_right,
    "problem_right": lambda: Correction.problem_right,
    "accused_right": lambda: Correction.accused_right,
}


def _said(access: Access) -> Any:
    latest = (
        select(func.max(Correction.id).label("id"))
        .join(Case, Case.id == Correction.case_id)
        .where(_counted(access))
        .group_by(Correction.case_id)
        .subquery()
    )
    sums: Iterable[Any] = (
        func.sum(case((column(), 1), else_=0)).label(name) for name, column in _JUDGED.items()
    )
    return select(func.count().label("n"), *sums).join(latest, latest.c.id == Correction.id)
