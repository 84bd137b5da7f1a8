"""Reading a spot check: how far each unit is, what was written down there, and what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.files.evidence import Proof
from admin.ledger.problem import Problem
from admin.spot_checks.check_entry import CheckEntry, CheckEntryKind, CheckFinding
from admin.spot_checks.check_team import CheckTeam, TeamMember
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.sealed_words import notes
from admin.spot_checks.spot_check import CheckState, SpotCheck
from intake.vault.compartment import NotAHolder
from portal.foundation import clock
from portal.foundation.staff import Staff
from portal.published.result import ResultState
from portal.published.spot_check_record import SpotCheckRecord

_ENDED = frozenset({ResultState.STRUCK_OFF, ResultState.UNFOUNDED})


@dataclass(frozen=True)
class UnitFile:
    """A unit that was drawn: who checks it, what they wrote down, which problems they found."""

    unit: CheckedUnit
    team: tuple[str, ...]
    entries: tuple[CheckEntry, ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Households visited, confirmed and deviating."""
        rows = self.entries
        return (
            sum(one.visited for one in rows),
            sum(one.confirmed for one in rows),
            sum(one.deviating for one in rows),
        )

    @property
    def open_problems(self) -> int:
        """How many of its problems are neither struck off nor unfounded."""
        return sum(one.state not in _ENDED for one in self.problems)

    @property
    def is_concluded(self) -> bool:
        """Whether the team said that it is through."""
        return any(one.kind is CheckEntryKind.CONCLUSION for one in self.entries)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.is_concluded and not self.open_problems

    @property
    def standing(self) -> str:
        """How far it is, in words."""
        if self.unit.team_id is None:
            return "没有分组"
        if not self.is_concluded:
            return "在查" if self.entries or self.problems else "还没有查"
        if self.open_problems:
            return f"查完了，{self.open_problems}个问题没有销号"
        return "查完了，问题都销号了" if self.problems else "查完了，没有问题"


@dataclass(frozen=True)
class CheckCount:
    """How far a spot check is: on which Shanghai day it was drawn, how many units were, and of how
    many the team said that it is through."""

    check: SpotCheck
    drawn_on: date | None
    units: int
    concluded: int

    @property
    def is_through(self) -> bool:
        """Whether it was drawn and every unit that was is concluded."""
        return self.drawn_on is not None and self.concluded == self.units


def unit_files(session: Session, check_id: int, *only: str) -> list[UnitFile]:
    """The units that were drawn, or some of them, by their codes."""
    wanted = select(CheckedUnit).where(CheckedUnit.check_id == check_id, CheckedUnit.drawn)
    if only:
        wanted = wanted.where(CheckedUnit.unit_code.in_(only))
    units = session.scalars(wanted.order_by(CheckedUnit.unit_code)).all()
    teams = _teams(session, check_id)
    entries = session.scalars(
        select(CheckEntry).where(CheckEntry.check_id == check_id).order_by(CheckEntry.id)
    ).all()
    found = session.execute(
        select(CheckFinding.unit_code, Problem)
        .join(Problem, Problem.id == CheckFinding.problem_id)
        .where(CheckFinding.check_id == check_id)
        .order_by(Problem.id)
    ).all()
    return [
        UnitFile(
            unit=one,
            team=teams.get(one.team_id or 0, ()),
            entries=tuple(row for row in entries if row.unit_code == one.unit_code),
            problems=tuple(row for code, row in found if code == one.unit_code),
        )
        for one in units
    ]


def notes_for(
    session: Session, access: Access, entries: Sequence[CheckEntry]
) -> Mapping[int, Proof]:
    """The notes of some entries by their ids, with their files; none for somebody who came to the
    team's unit after its box was made."""
    with suppress(NotAHolder):
        return notes(session, entries, access.openers)
    return {}


def checks(session: Session) -> list[SpotCheck]:
    """Every spot check, the newest first."""
    return list(session.scalars(select(SpotCheck).order_by(SpotCheck.id.desc())))


def count_checks(session: Session) -> list[CheckCount]:
    """How far every spot check is, the newest first."""
    drawn = dict(session.execute(select(SpotCheckRecord.number, SpotCheckRecord.drawn_at)).all())
    units = dict(
        session.execute(
            select(CheckedUnit.check_id, func.count())
            .where(CheckedUnit.drawn)
            .group_by(CheckedUnit.check_id)
        ).all()
    )
    concluded = dict(
        session.execute(
            select(CheckEntry.check_id, func.count(distinct(CheckEntry.unit_code)))
            .where(CheckEntry.kind == CheckEntryKind.CONCLUSION)
            .group_by(CheckEntry.check_id)
        ).all()
    )
    return [
        CheckCount(
            check=one,
            drawn_on=clock.day_of(at) if (at := drawn.get(one.number)) else None,
            units=units.get(one.id, 0),
            concluded=concluded.get(one.id, 0),
        )
        for one in checks(session)
    ]


def count_in_hand(session: Session) -> int:
    """How many spot checks the office has begun and not ended: not drawn yet, or with a unit that
    isn't over."""
    before = (CheckState.PREPARING, CheckState.FROZEN)
    not_drawn = select(func.count()).where(SpotCheck.state.in_(before))
    drawn = session.scalars(select(SpotCheck.id).where(SpotCheck.state == CheckState.DRAWN))
    going_on = [one for one in drawn if not all(f.is_over for f in unit_files(session, one))]
    return (session.scalar(not_drawn) or 0) + len(going_on)


def name_of(session: Session, staff_id: int | None) -> str:
    """What colleagues read for somebody; empty for nobody."""
    found = session.get(Staff, staff_id) if staff_id else None
    return found.display_name if found else ""


def _teams(session: Session, check_id: int) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(TeamMember.team_id, Staff.display_name)
        .join(CheckTeam, CheckTeam.id == TeamMember.team_id)
        .join(Staff, Staff.id == TeamMember.staff_id)
        .where(CheckTeam.check_id == check_id)
        .order_by(Staff.display_name)
    ).all()
    found: dict[int, tuple[str, ...]] = {}
    for team_id, name in rows:
        found[team_id] = (*found.get(team_id, ()), name)
    return found
