"""What a round saw at a unit, and the problems that it found there."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.accounts.own_units import is_ones_own
from admin.files.evidence import Proof
from admin.ledger.finding import Finding
from admin.ledger.problem import Problem
from admin.ledger.refusals import StepNotAllowed
from admin.ledger.round_finding import enter_round_finding
from admin.rounds import round_texts
from admin.rounds.refusals import OwnUnit, WrongDays
from admin.rounds.round_text import RoundTextKind
from admin.rounds.round_texts import About
from admin.rounds.supervision_round import RoundProblem, RoundVisit, SupervisionRound
from intake.cases.event import record
from portal.foundation import clock


def note_visit(
    session: Session,
    one: SupervisionRound,
    visit: RoundVisit,
    *,
    by: Hand,
    visited_on: date,
    seen: Proof,
) -> None:
    """Write down that a unit was visited, and what was seen; for the office alone.

    Raises:
        WrongDays: the day lies ahead, or before the round begins.
        StepNotAllowed, OwnUnit, NeedsText: see `check_visitor` and `round_texts`.
    """
    check_visitor(one, visit, by)
    if not one.first_on <= visited_on <= clock.today():
        raise WrongDays
    visit.visited_on, visit.noted_by = visited_on, by.access.staff_id
    one.version += 1
    round_texts.write(session, one, RoundTextKind.SEEN, seen, by=by, about=About(visit))
    record(session, "round_visited", by=by.access.staff_id, round=one.key, unit=visit.unit_code)
    session.flush()


def find_at_visit(
    session: Session, one: SupervisionRound, visit: RoundVisit, *, by: Hand, finding: Finding
) -> Problem:
    """Enter into the ledger what a round found at a unit, for that unit or one below it.

    Raises:
        StepNotAllowed, OwnUnit: see `check_visitor`; or the unit isn't the one that was visited,
            nor below it.
        NeedsText: it says nothing.
    """
    check_visitor(one, visit, by)
    below = by.book.below(visit.unit_code)
    if finding.unit != visit.unit_code and finding.unit not in below:
        raise StepNotAllowed
    problem = enter_round_finding(session, by=by, finding=finding, round_key=one.key)
    session.add(RoundProblem(problem_id=problem.id, visit_id=visit.id))
    session.flush()
    return problem


def check_visitor(one: SupervisionRound, visit: RoundVisit, by: Hand) -> None:
    """Whether this person may write about this visit now.

    Raises:
        StepNotAllowed: not by the office, or the round is closed.
        OwnUnit: he serves that unit, or one above or below it.
    """
    if not by.access.as_office or one.closed_on is not None:
        raise StepNotAllowed
    if is_ones_own(by.book, by.access, visit.unit_code):
        raise OwnUnit
