"""Finding that there is no problem (查否): by somebody of the office who had no hand in it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger import ledger_texts
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.moving import note_event, take_step
from admin.ledger.problem import Problem
from admin.ledger.refusals import NeedsSecondPerson
from admin.ledger.strike_off import may_approve, settle


def find_unfounded(session: Session, problem: Problem, *, by: Hand, reason: str) -> None:
    """Say that a problem doesn't exist, and why. It stays in the ledger's totals.

    Raises:
        NeedsSecondPerson: who says so entered it or worked on it.
        SomebodyWasFaster, StepNotAllowed, NeedsText: see `moving`.
    """
    take_step(session, problem, "unfounded", by=by)
    if not may_approve(session, problem, by):
        raise NeedsSecondPerson
    settle(problem, by)
    problem.carried_until = None
    ledger_texts.write(session, problem, LedgerTextKind.UNFOUNDED, reason, by=by)
    note_event(session, "problem_unfounded", problem, by)
    session.flush()
