"""What units find at themselves (自查自纠), and what audit, superiors and the press tell the
office."""

from __future__ import annotations

from functools import partial

from admin.demonstration.half_year.findings import finding_at
from admin.demonstration.half_year.putting_right import go_on
from admin.demonstration.half_year.stage import MARK, Sitting
from admin.ledger.office_entry import FROM_OUTSIDE, enter_from_outside
from admin.ledger.own_check import OwnCheck, enter_own_check
from admin.ledger.rectifying import PlannedMeasure
from portal.campaign.unit import UnitKind

_CHECKING = frozenset({UnitKind.DEPARTMENT, UnitKind.SECTION, UnitKind.STREET, UnitKind.LEAD})
_WORKING_DAYS = 21
_SILENT = 4
_OUTSIDE = 0.15


def check_oneself(sitting: Sitting) -> None:
    """Let every unit that checks itself find as much as it happens to on a day; every fourth street
    finds next to nothing, as some do."""
    for position, unit in enumerate(_units(sitting)):
        mean = sitting.stage.pace.own_checks / _WORKING_DAYS
        share = mean / 10 if position % _SILENT == _SILENT - 1 else mean
        if sitting.dice.happens(share):
            _enter(sitting, unit)


def hear_from_outside(sitting: Sitting) -> None:
    """Let the office enter what it was told, once in a while."""
    if not sitting.dice.happens(_OUTSIDE):
        return
    office = sitting.cast.desks[sitting.book.campaign.office_code]
    unit = sitting.dice.one_of(_units(sitting))
    problem = enter_from_outside(
        sitting.session,
        by=sitting.hand(office.officer),
        finding=finding_at(sitting, unit),
        source=sitting.dice.one_of(FROM_OUTSIDE),
    )
    sitting.later(2, 6, partial(go_on, problem_id=problem.id))


def _enter(sitting: Sitting, unit: str) -> None:
    planned = PlannedMeasure(
        text=f"{MARK}逐户核对，补发或者追回。", person="吴演示", due_on=sitting.working_day(20)
    )
    check = OwnCheck(
        found_by=unit,
        finding=finding_at(sitting, unit),
        measures=(planned,) if sitting.dice.happens(0.5) else (),
    )
    officer = sitting.cast.desks[unit].officer
    problem = enter_own_check(sitting.session, by=sitting.hand(officer), check=check)
    sitting.later(2, 6, partial(go_on, problem_id=problem.id))


def _units(sitting: Sitting) -> list[str]:
    return [code for code in sitting.cast.desks if sitting.book.units[code].kind in _CHECKING]
