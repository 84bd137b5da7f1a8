"""Saying with whom a case goes on when the campaign is over: kept (留办) or handed on (移交).

Either way it stays open, its dates run on, and whoever has it answers for it until it is closed: a
campaign ends, the law's limits don't.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.desk.casework import give
from admin.desk.hand import Hand, NeedsText, UnitIsBarred, check_decides, settle, write
from intake import correspondence
from intake.cases.assignment import Manner
from intake.cases.case import Case
from intake.cases.continuation import Continuation, Way
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rules.lifecycle import MoveNotAllowed
from portal.campaign.after_rule import AfterRule
from portal.foundation import clock


class NoSuchBody(LookupError):
    """Neither a unit of the campaign nor a body that its data name has this code."""


@dataclass(frozen=True)
class Onward:
    """How a case goes on. Handed on, exactly one of `unit` and `body` is set, and `reason` says
    why."""

    way: Way
    unit: str | None = None
    body: str | None = None
    reason: str = ""


def decide(session: Session, case: Case, hand: Hand, onward: Onward) -> None:
    """Decide how an open case goes on; what was decided before gives way. A unit with a desk here
    gets the case itself.

    Raises:
        SomebodyWasFaster: see there.
        MoveNotAllowed: the actor doesn't decide about the case, it is over, or it is too far on to
            be given to another unit.
        UnitIsBarred: the case accuses the unit that is to go on with it.
        NoSuchBody, NeedsText: see there.
    """
    check_decides(session, case, hand, "go_on")
    if not case.state.is_open:
        raise MoveNotAllowed("go_on")
    if onward.way is Way.HANDED_ON:
        _hand_on(session, case, hand, onward)
    if onward.reason.strip():
        write(session, case, hand, MessageKind.REASON, onward.reason)
    _keep(session, case, hand, onward)
    settle(session, case, hand)


def _hand_on(session: Session, case: Case, hand: Hand, onward: Onward) -> None:
    unit = hand.book.units.get(onward.unit or "")
    if unit is None and onward.body not in AfterRule.of(hand.book.campaign).bodies:
        raise NoSuchBody(onward.body)
    if not onward.reason.strip():
        raise NeedsText
    if unit is None:
        return
    if unit.code in correspondence.handling_of(session, case, hand.book).barred:
        raise UnitIsBarred(unit.code)
    if unit.desk and unit.code != case.unit_code:
        # Of a tip-off somebody always wants to hear what came of it.
        manner = Manner.ASSIGN if case.is_tip_off else Manner.TRANSFER
        give(session, case, hand, unit.code, manner=manner)
        correspondence.rewrap(session, case, hand.book)


def _keep(session: Session, case: Case, hand: Hand, onward: Onward) -> None:
    """Store what was decided, and note it."""
    by, handed_on = hand.access.staff_id, onward.way is Way.HANDED_ON
    found = session.get(Continuation, case.id) or Continuation(case_id=case.id)
    found.way, found.decided_by, found.decided_at = onward.way, by, clock.now()
    found.unit_code = onward.unit if handed_on else None
    found.body_code = onward.body if handed_on else None
    session.add(found)
    facts = {"unit": onward.unit, "body": onward.body} if handed_on else {"unit": case.unit_code}
    record(session, onward.way, case_id=case.id, by=by, **facts)
