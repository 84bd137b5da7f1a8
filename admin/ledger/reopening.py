"""Taking a problem up again that was over: an objection reopens it under the same number."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger import ledger_texts
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.moving import note_event, take_step
from admin.ledger.problem import Problem
from admin.ledger.rectifying import measures_of
from admin.ledger.refusals import DayPassed
from portal.foundation import clock


def reopen(session: Session, problem: Problem, *, by: Hand, rectify_by: date, reason: str) -> None:
    """Reopen what was struck off: it is put right anew, with at least one new measure.

    Raises:
        DayPassed: the day by which it is to be put right isn't ahead.
        SomebodyWasFaster, StepNotAllowed, NeedsText: see `moving`.
    """
    take_step(session, problem, "reopen", by=by)
    _take_up(session, problem, by=by, rectify_by=rectify_by, reason=reason)


def look_again(
    session: Session, problem: Problem, *, by: Hand, rectify_by: date, reason: str
) -> None:
    """Take up what was found unfounded: it counts as found again.

    Raises:
        DayPassed: see `reopen`.
        SomebodyWasFaster, StepNotAllowed, NeedsText: see `moving`.
    """
    take_step(session, problem, "look-again", by=by)
    _take_up(session, problem, by=by, rectify_by=rectify_by, reason=reason)


def _take_up(
    session: Session, problem: Problem, *, by: Hand, rectify_by: date, reason: str
) -> None:
    if rectify_by <= clock.today():
        raise DayPassed
    problem.rectify_by = rectify_by
    measures = measures_of(session, problem)
    problem.reopened_after = measures[-1].id if measures else None
    problem.rectified_by = problem.settled_by = problem.settled_on = None
    ledger_texts.write(session, problem, LedgerTextKind.REOPENED, reason, by=by)
    note_event(session, "problem_reopened", problem, by)
    session.flush()
