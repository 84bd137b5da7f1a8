"""Cases that are tied: those that came in one message, the whole and the parts that the office
split from it; and those that were merged.

Whom one of them accuses is kept from all: the whole holds the words of every part, whoever knows
one part could guess at the rest, and what is written in a lead may speak of what is merged into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.merger import Merger
from portal.foundation import clock

_ALWAYS = datetime.max.replace(tzinfo=UTC)
_NEVER = datetime.min.replace(tzinfo=UTC)
# A bar is on a unit or on a person.
_Target = tuple[str | None, int | None]


def of_one_message(case: Case) -> ColumnElement[bool]:
    """The condition that a case came in the same message as this one, or is this one."""
    root = case.part_of_id or case.id
    return or_(Case.id == root, Case.part_of_id == root)


@dataclass(frozen=True)
class Tie:
    """Two cases of one message, or merged: whom one bars is kept from the other. `until` is when
    they were parted again; what bars somebody since then stays where it is."""

    one: int
    other: int
    until: datetime | None = None


def ties_around(session: Session, case_ids: Iterable[int]) -> frozenset[Tie]:
    """What ties some cases to others, and those to further ones."""
    fresh = set(case_ids)
    known, ties = set(fresh), set[Tie]()
    while fresh:
        found = {*_by_message(session, fresh), *_by_merger(session, fresh)}
        ties |= found
        fresh = {end for tie in found for end in (tie.one, tie.other)} - known
        known |= fresh
    return frozenset(ties)


def hold_together(session: Session, case_ids: Iterable[int]) -> frozenset[Tie]:
    """Hold the rows of cases and of all that is tied to them until the transaction ends, always in
    the order of their ids: so the later of two writers sees the earlier and neither waits for the
    other."""
    wanted = set(case_ids)
    ties = ties_around(session, wanted)
    wanted |= {end for tie in ties for end in (tie.one, tie.other)}
    held = select(Case.id).where(Case.id.in_(wanted)).order_by(Case.id)
    session.execute(held.with_for_update())
    return ties


def _by_message(session: Session, case_ids: AbstractSet[int]) -> Iterator[Tie]:
    parts = select(Case.part_of_id, Case.id).where(
        or_(Case.id.in_(case_ids), Case.part_of_id.in_(case_ids))
    )
    for whole, part in session.execute(parts):
        if whole:
            yield Tie(whole, part)


def _by_merger(session: Session, case_ids: AbstractSet[int]) -> Iterator[Tie]:
    mergers = select(Merger.lead_id, Merger.case_id, Merger.ended_at).where(
        or_(Merger.case_id.in_(case_ids), Merger.lead_id.in_(case_ids))
    )
    for lead, case, ended_at in session.execute(mergers):
        yield Tie(lead, case, ended_at)


@dataclass(frozen=True)
class _Bars:
    """What bars somebody from one case: for what is said of it, and for the others' sake."""

    own: Sequence[Bar]
    relative: Sequence[Bar]

    @classmethod
    def of(cls, bars: Iterable[Bar]) -> _Bars:
        """The bars of a case, sorted."""
        found = list(bars)
        own = [bar for bar in found if bar.source is not BarSource.RELATIVE]
        return cls(own, [bar for bar in found if bar.source is BarSource.RELATIVE])

    def known_by(self, moment: datetime) -> Mapping[_Target, bool]:
        """Whom the case barred for itself at a moment, and whether it was named."""
        found: dict[_Target, bool] = {}
        for bar in self.own:
            if bar.set_at <= moment:
                found[_target(bar)] = bar.named or found.get(_target(bar), False)
        return found


def keep_alike(session: Session, case: Case, *, by: int | None = None) -> list[Case]:
    """Bar from all that is tied to a case whom any other of them bars, and no longer than that.
    Returns the cases whose bars changed; what lies with somebody who is barred now must be moved
    on, and keys follow."""
    session.flush()
    ties = hold_together(session, [case.id])
    ends = {end for tie in ties for end in (tie.one, tie.other)}
    cases = session.scalars(select(Case).where(Case.id.in_(ends)).order_by(Case.id)).all()
    bars = {one.id: _bars(session, one) for one in cases}
    changed = []
    for one in cases:
        wanted: dict[_Target, bool] = {}
        for other, moment in _reached(one.id, ties).items():
            for target, named in bars[other].known_by(moment).items():
                wanted[target] = named or wanted.get(target, False)
        if _set_relative(session, one, bars[one.id], wanted, by):
            changed.append(one)
    session.flush()
    return changed


def _reached(start: int, ties: Iterable[Tie]) -> Mapping[int, datetime]:
    """The other cases that a case is tied to, and up to which moment each is: of several ways the
    one that holds longest, which is as long as its weakest tie."""
    found = {start: _ALWAYS}
    looking = True
    while looking:
        looking = False
        for tie in ties:
            for here, there in ((tie.one, tie.other), (tie.other, tie.one)):
                moment = min(found.get(here, _NEVER), tie.until or _ALWAYS)
                if moment > found.get(there, _NEVER):
                    found[there], looking = moment, True
    del found[start]
    return found


def _bars(session: Session, case: Case) -> _Bars:
    return _Bars.of(session.scalars(select(Bar).where(Bar.case_id == case.id).order_by(Bar.id)))


def _set_relative(
    session: Session, case: Case, bars: _Bars, wanted: Mapping[_Target, bool], by: int | None
) -> bool:
    """Set right what one case bars for the others' sake; says whether anything changed."""
    there = {_target(bar): bar for bar in bars.relative}
    over = there.keys() - wanted.keys()
    fresh = wanted.keys() - there.keys() - {_target(bar) for bar in bars.own}
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
