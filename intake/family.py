"""The cases that came in one message: the whole, and the parts that the office split from it.

Whom one of them accuses is kept from all: the whole holds the words of every part, and whoever
knows one part could guess at the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import record
from portal.foundation import clock

# A bar is on a unit or on a person.
_Target = tuple[str | None, int | None]


def of_one_message(case: Case) -> ColumnElement[bool]:
    """The condition that a case came in the same message as this one, or is this one."""
    return of_root(case.part_of_id or case.id)


def of_root(root: int) -> ColumnElement[bool]:
    """The condition that a case is the whole of that id, or a part of it."""
    return or_(Case.id == root, Case.part_of_id == root)


def family(session: Session, case: Case) -> list[Case]:
    """All that came in the same message, the whole first; their rows are held."""
    wanted = select(Case).where(of_one_message(case)).order_by(Case.id)
    return list(session.scalars(wanted.with_for_update()))


@dataclass(frozen=True)
class _Bars:
    """What bars somebody from one case: for what is said of it, and for the others' sake."""

    own: Mapping[_Target, bool]
    relative: Sequence[Bar]

    @classmethod
    def of(cls, bars: Iterable[Bar]) -> _Bars:
        """The bars of a case, sorted."""
        own: dict[_Target, bool] = {}
        relative = []
        for bar in bars:
            if bar.source is BarSource.RELATIVE:
                relative.append(bar)
            else:
                own[_target(bar)] = bar.named or own.get(_target(bar), False)
        return cls(own, relative)


def keep_alike(session: Session, case: Case, *, by: int | None = None) -> list[Case]:
    """Bar from every part, and from the whole, whom any other of them bars, and no longer than
    that. Returns the cases whose bars changed; what lies with somebody who is barred now must be
    moved on, and keys follow."""
    session.flush()
    cases = family(session, case)
    if len(cases) == 1:
        return []
    bars = {one.id: _bars(session, one) for one in cases}
    changed = []
    for one in cases:
        others = (bars[other.id].own for other in cases if other is not one)
        wanted: dict[_Target, bool] = {}
        for own in others:
            wanted.update({t: named or wanted.get(t, False) for t, named in own.items()})
        if _set_relative(session, one, bars[one.id], wanted, by):
            changed.append(one)
    session.flush()
    return changed


def _bars(session: Session, case: Case) -> _Bars:
    return _Bars.of(session.scalars(select(Bar).where(Bar.case_id == case.id).order_by(Bar.id)))


def _set_relative(
    session: Session, case: Case, bars: _Bars, wanted: Mapping[_Target, bool], by: int | None
) -> bool:
    """Set right what one case bars for the others' sake; says whether anything changed."""
    there = {_target(bar): bar for bar in bars.relative}
    over = there.keys() - wanted.keys()
    fresh = wanted.keys() - there.keys() - bars.own.keys()
    for target in over:
        session.delete(there[target])
    for unit, person in sorted(fresh, key=str):
        session.add(
            Bar(
                case_id=case.id,
                unit_code=unit,
                staff_id=person,
                source=BarSource.RELATIVE,
                named=wanted[unit, person],
                set_at=clock.now(),
            )
        )
    for name, targets in (("barred", fresh), ("unbarred", over)):
        if targets:
            _tell(session, case, name, targets, by)
    return bool(fresh or over)


def _tell(
    session: Session, case: Case, name: str, targets: AbstractSet[_Target], by: int | None
) -> None:
    units = sorted(unit for unit, _ in targets if unit)
    people = sorted(person for _, person in targets if person)
    facts = {"units": units, "staff": people, "source": BarSource.RELATIVE.value}
    record(session, name, case_id=case.id, by=by, **facts)


def _target(bar: Bar) -> _Target:
    return bar.unit_code, bar.staff_id
