"""Carrying a problem over (挂账): it can't be put right yet, and is looked at again on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger import ledger_texts
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.moving import note_event, take_step
from admin.ledger.problem import Problem
from admin.ledger.refusals import DayPassed
from portal.foundation import clock


def carry_over(session: Session, problem: Problem, *, by: Hand, until: date, reason: str) -> None:
    """Carry a problem over, with the reason and the Shanghai day on which it is looked at again.

    Raises:
        DayPassed: that day isn't ahead.
        SomebodyWasFaster, StepNotAllowed, NeedsText: see `moving`.
    """
    take_step(session, problem, "carry-over", by=by)
    if until <= clock.today():
        raise DayPassed
    problem.carried_until = until
    problem.rectified_by = None
    ledger_texts.write(session, problem, LedgerTextKind.CARRIED, reason, by=by)
    note_event(session, "problem_carried_over", problem, by, until=until.isoformat())
    session.flush()


def resume(session: Session, problem: Problem, *, by: Hand, rectify_by: date, reason: str) -> None:
    """Go on putting it right, by a new day.

    Raises:
        DayPassed: that day isn't ahead.
        SomebodyWasFaster, StepNotAllowed, NeedsText: see `moving`.
    """
    take_step(session, problem, "resume", by=by)
    if rectify_by <= clock.today():
        raise DayPassed
    problem.carried_until = None
    problem.rectify_by = rectify_by
    ledger_texts.write(session, problem, LedgerTextKind.RESUMED, reason, by=by)
    note_event(session, "problem_resumed", problem, by)
    session.flush()
