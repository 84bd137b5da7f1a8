"""What a team does at a unit: it visits households, enters what it finds, concludes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.files.evidence import Proof
from admin.ledger.finding import Finding
from admin.ledger.problem import Problem
from admin.ledger.refusals import DayNotCome, NeedsText, StepNotAllowed
from admin.ledger.team_finding import enter_team_finding
from admin.ledger.who_rectifies import who_rectifies
from admin.spot_checks.check_entry import CheckEntry, CheckEntryKind, CheckFinding
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.independence import may_check
from admin.spot_checks.sealed_words import keep_note
from admin.spot_checks.sight import is_in_team
from admin.spot_checks.spot_check import SpotCheck
from intake.cases.event import record
from portal.campaign.book import Book
from portal.foundation import clock


class WrongCounts(Exception):
    """More households were confirmed or deviated than were visited, or none was visited."""


@dataclass(frozen=True)
class Visits:
    """Visits to households on a Shanghai day: how many, in how many what was paid was confirmed,
    in how many it deviated."""

    on: date
    visited: int
    confirmed: int
    deviating: int


@dataclass(frozen=True)
class Place:
    """A unit of a spot check, before its team."""

    check: SpotCheck
    unit: CheckedUnit


def to_blame(book: Book, code: str) -> frozenset[str]:
    """The units about which a team may enter what it finds at a unit: it and those below it, each
    by whoever puts things right there."""
    return frozenset(who_rectifies(book, one) for one in (code, *book.below(code)))


def note_visits(session: Session, at: Place, *, by: Hand, visits: Visits, note: Proof) -> None:
    """Write down visits to households (入户), with a note for the office and the team.

    Raises:
        StepNotAllowed: this person isn't of the team.
        DayNotCome, WrongCounts: see there.
    """
    _check_team(session, at, by)
    if visits.on > clock.today():
        raise DayNotCome
    counts = (visits.visited, visits.confirmed, visits.deviating)
    if min(counts) < 0 or not 0 < visits.visited >= visits.confirmed + visits.deviating:
        raise WrongCounts
    entry = _entry(at, CheckEntryKind.VISITS, by)
    entry.visited_on, entry.visited = visits.on, visits.visited
    entry.confirmed, entry.deviating = visits.confirmed, visits.deviating
    keep_note(session, entry, note)
    _note_event(session, "spot_check_visited", at, by)
    session.flush()


def enter_finding(session: Session, at: Place, *, by: Hand, finding: Finding) -> Problem:
    """Enter a problem that was found there into the ledger (重点抽查).

    Raises:
        StepNotAllowed: this person isn't of the team.
        NotYourPlace, UnitHasNoDesk, NeedsText: see `enter_team_finding`.
    """
    _check_team(session, at, by)
    places = to_blame(by.book, at.unit.unit_code)
    problem = enter_team_finding(session, by=by, finding=finding, places=places)
    session.add(
        CheckFinding(problem_id=problem.id, check_id=at.unit.check_id, unit_code=at.unit.unit_code)
    )
    session.flush()
    return problem


def conclude(session: Session, at: Place, *, by: Hand, words: Proof) -> None:
    """Say that a unit was checked to the end (查完了), and what came of it.

    Raises:
        StepNotAllowed: this person isn't of the team.
        NeedsText: nothing is said.
    """
    _check_team(session, at, by)
    if not words.words.strip():
        raise NeedsText
    keep_note(session, _entry(at, CheckEntryKind.CONCLUSION, by), words)
    _note_event(session, "spot_check_concluded", at, by)
    session.flush()


def _check_team(session: Session, at: Place, by: Hand) -> None:
    independent = may_check(by.book, by.access.units, at.unit.unit_code)
    if not independent or not is_in_team(session, by.access, at.unit.team_id):
        raise StepNotAllowed("check")


def _entry(at: Place, kind: CheckEntryKind, by: Hand) -> CheckEntry:
    assert at.unit.team_id is not None  # noqa: S101  # Whoever writes is in its team.
    return CheckEntry(
        check_id=at.unit.check_id,
        unit_code=at.unit.unit_code,
        team_id=at.unit.team_id,
        kind=kind,
        staff_id=by.access.staff_id,
        written_at=clock.now(),
    )


def _note_event(session: Session, name: str, at: Place, by: Hand) -> None:
    by_whom = by.access.staff_id
    record(session, name, by=by_whom, check=at.check.number, unit=at.unit.unit_code)
