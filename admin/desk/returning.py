"""Returns (退单): a unit says that a case isn't its own, the office rules on it, and the third time
the body that the campaign names as arbiter.

A return is right where the case then goes to another unit, and wrong where it goes back; both are
counted for the unit that returned it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.casework import end_assignment, pass_to
from admin.desk.hand import Hand, decider_of, move, settle, write
from intake import correspondence
from intake.cases.assignment import Assignment, Outcome
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.dates import happened, latest_limit
from intake.rules.lifecycle import MoveNotAllowed, State
from portal.campaign.book import Book
from portal.foundation import clock

# The first decision is the office's, and so is the second; the third stands.
_ARBITERS = 3


class TooLateToReturn(Exception):
    """The law's days for an objection are over (信访工作条例 23)."""


class NeedsArbiter(Exception):
    """The third decision on a case is the arbiter's: the office writes down what it was."""


def return_to_office(
    session: Session, case: Case, hand: Hand, *, reason: str, proposed: str = ""
) -> None:
    """Return a case that isn't ours, with the reason and, if known, the right unit (退单).

    The office decides; where it is barred itself, the body that handles the case in its stead has
    it next.

    Raises:
        MoveNotAllowed: the case is where it would be returned to, or the arbiter has said whose it
            is.
        TooLateToReturn: see there.
    """
    former, next_unit = case.unit_code, decider_of(session, case, hand.book)
    if former == next_unit or case.arbitrated:
        raise MoveNotAllowed("return")
    if last_day_to_return(session, case, hand.book) < clock.today():
        raise TooLateToReturn
    write(session, case, hand, MessageKind.REASON, reason)
    move(session, case, hand, "return", unit=former, proposed=proposed or None)
    end_assignment(session, case, Outcome.RETURNED)
    case.returns += 1
    pass_to(session, case, hand, next_unit)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def last_day_to_return(session: Session, case: Case, book: Book) -> date:
    """The last Shanghai day on which a unit may return a case: the longest that law or promise
    allows, so that a promise of ours takes nobody's right."""
    events = happened(session, case)
    return latest_limit(book, case.kind, "return", events) or date.max


def needs_arbiter(case: Case) -> bool:
    """Whether the next decision on whose a case is belongs to the arbiter."""
    returned = case.state is State.RETURNED and not case.arbitrated
    return returned and case.returns >= _ARBITERS


def rule_on_return(
    session: Session, case: Case, hand: Hand, unit_code: str, *, arbiter: str = ""
) -> None:
    """Rule whether the last return of a case was right, as it is given to a unit again. `arbiter`
    is what the arbiter decided, when and by which paper; a third decision needs it, and it stands.

    Raises:
        NeedsArbiter: see there.
    """
    last = session.scalars(
        select(Assignment).where(Assignment.case_id == case.id).order_by(Assignment.id.desc())
    ).first()
    if case.state is not State.RETURNED or last is None or last.outcome is not Outcome.RETURNED:
        return
    by_arbiter = needs_arbiter(case)
    if by_arbiter and not arbiter.strip():
        raise NeedsArbiter
    if by_arbiter:
        write(session, case, hand, MessageKind.REASON, arbiter)
        case.arbitrated = True
    last.right = last.unit_code != unit_code
    record(
        session,
        "return_ruled",
        case_id=case.id,
        by=hand.access.staff_id,
        unit=last.unit_code,
        right=last.right,
        arbiter=hand.book.campaign.arbiter_code if by_arbiter else None,
    )
