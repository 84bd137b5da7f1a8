"""Urgent cases (紧急): danger to life, retaliation, a mass incident. They stand first on every list
(信访工作条例 25)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, actors_of, check_decides, check_version, settle, write
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rules.lifecycle import MoveNotAllowed


def mark_urgent(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Mark a case as urgent; whoever has it or decides about it may.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: it is urgent already, over, or not the actor's.
    """
    check_version(case, hand)
    allowed = actors_of(session, case, hand.access, hand.book)
    if case.urgent or not case.state.is_open or not allowed:
        raise MoveNotAllowed("mark_urgent")
    write(session, case, hand, MessageKind.REASON, reason)
    case.urgent = True
    record(session, "urgent_set", case_id=case.id, by=hand.access.staff_id)
    settle(session, case, hand)


def lift_urgency(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Say that a case isn't urgent any more; the office's alone.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor doesn't act for the office, or the case isn't urgent.
    """
    check_decides(session, case, hand, "lift_urgency")
    if not case.urgent:
        raise MoveNotAllowed("lift_urgency")
    write(session, case, hand, MessageKind.REASON, reason)
    case.urgent = False
    record(session, "urgent_lifted", case_id=case.id, by=hand.access.staff_id)
    settle(session, case, hand)
