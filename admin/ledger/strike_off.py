"""What the office decides about a problem that was put right: strike it off (销号) or not."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.accounts.own_units import is_ones_own
from admin.ledger import ledger_texts
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.moving import note_event, take_step
from admin.ledger.problem import Problem
from admin.ledger.rectifying import all_done
from admin.ledger.refusals import MeasuresUndone, NeedsSecondPerson
from portal.foundation import clock


def may_approve(session: Session, problem: Problem, by: Hand) -> bool:
    """Whether this person had no hand in it: neither found nor rectified it, nor serves its unit,
    nor one above or below it.

    Where the problem is the office's own, its other people may approve; there is nobody else.
    """
    if is_ones_own(by.book, by.access, problem.unit_code):
        return False
    return by.access.staff_id not in ledger_texts.writers(session, problem)


def strike_off(session: Session, problem: Problem, *, by: Hand, opinion: str) -> None:
    """Strike a problem off (逐一销号, plan 五(二)1), with the approver's opinion.

    Raises:
        NeedsSecondPerson: who approves had a hand in it.
        MeasuresUndone: a measure isn't done.
        SomebodyWasFaster, StepNotAllowed, NeedsText: see `moving`.
    """
    take_step(session, problem, "strike-off", by=by)
    if not may_approve(session, problem, by):
        raise NeedsSecondPerson
    if not all_done(session, problem) or problem.rectified_by is None:
        raise MeasuresUndone
    settle(problem, by)
    ledger_texts.write(session, problem, LedgerTextKind.APPROVAL, opinion, by=by)
    note_event(session, "struck_off", problem, by)
    session.flush()


def send_back(session: Session, problem: Problem, *, by: Hand, reason: str) -> None:
    """Send a problem back to its unit, which goes on rectifying; the head's word counts no more.

    Raises:
        SomebodyWasFaster, StepNotAllowed, NeedsText: see `moving`.
    """
    take_step(session, problem, "send-back", by=by)
    problem.rectified_by = None
    ledger_texts.write(session, problem, LedgerTextKind.REASON, reason, by=by)
    note_event(session, "rectification_sent_back", problem, by)
    session.flush()


def settle(problem: Problem, by: Hand) -> None:
    """Keep who ended a problem, and on which Shanghai day."""
    problem.settled_by, problem.settled_on = by.access.staff_id, clock.today()
