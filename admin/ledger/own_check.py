"""What a unit finds at itself or below it (自查自纠, plan 五(二)1), entered by whoever works
there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.ledger.entering import enter
from admin.ledger.finding import Finding
from admin.ledger.line import line_of
from admin.ledger.moving import note_event
from admin.ledger.problem import Problem, Source
from admin.ledger.rectifying import PlannedMeasure, record_measure
from admin.ledger.refusals import NotYourPlace
from admin.ledger.who_rectifies import who_rectifies
from portal.campaign.book import Book
from portal.campaign.unit import Unit, UnitKind
from portal.foundation import clock

_LEADS_A_LINE = frozenset({UnitKind.LEAD, UnitKind.DEPARTMENT, UnitKind.SECTION})
_IN_THE_STREETS = frozenset({UnitKind.STREET, UnitKind.COMMUNITY})


@dataclass(frozen=True, kw_only=True)
class OwnCheck:
    """What a unit found; the measures that it takes already may stand beside it."""

    found_by: str
    finding: Finding
    measures: tuple[PlannedMeasure, ...] = ()


def units_that_find(found: Book, access: Access) -> list[Unit]:
    """The units for which a person enters what they found, in the order of the campaign: those at
    whose desk he sits, and those that he serves as a checker."""
    return [
        one
        for one in found.units.values()
        if one.code in access.fieldwork and (one.desk or one.code in access.outposts)
    ]


def places_to_check(found: Book, unit: str) -> Iterator[str]:
    """The codes of the units about which a unit may enter what it found: itself, or where nobody
    works the one above that puts it right; those below it; and where it leads a line (a department,
    a section), the streets and communities."""
    itself = who_rectifies(found, unit)
    leads = found.units[unit].kind in _LEADS_A_LINE
    below = found.below(unit)
    for one in found.units.values():
        in_line = leads and one.kind in _IN_THE_STREETS
        if one.desk and (one.code == itself or one.code in below or in_line):
            yield one.code


def enter_own_check(session: Session, *, by: Hand, check: OwnCheck) -> Problem:
    """Enter it with the source 自查发现. The department in charge of the policy reads it too, and
    sums it up.

    Raises:
        NotYourPlace: the writer doesn't work at the unit that found it, or that unit has nothing to
            check there.
        StepNotAllowed: a measure is another unit's to take.
        NeedsText: it says nothing.
    """
    if check.found_by not in {one.code for one in units_that_find(by.book, by.access)}:
        raise NotYourPlace(check.found_by)
    finding = check.finding
    if finding.unit not in set(places_to_check(by.book, check.found_by)):
        raise NotYourPlace(finding.unit)
    problem = enter(
        session,
        by=by,
        finding=finding,
        source=Source.OWN_CHECK,
        found_by=check.found_by,
        line=line_of(
            by.book, clock.today(), policy=finding.policy, problem_type=finding.problem_type
        ),
    )
    note_event(session, "own_check_entered", problem, by, unit=check.found_by)
    for planned in check.measures:
        by_now = Hand(by.access, by.book, problem.version)
        record_measure(session, problem, by=by_now, planned=planned)
    session.flush()
    return problem
