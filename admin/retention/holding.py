"""Holding a case back from being destroyed (暂停销毁), and letting it go again: whoever decides
about it, each time with a reason."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, check_decides, write
from admin.retention.destruction_hold import DestructionHold
from admin.retention.granted import granted_of
from admin.retention.standing import running_hold
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation import clock


def hold(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Hold a case that is over: nothing of it, nor of what came in the same message, is destroyed
    until that is ended.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor doesn't decide about the case, nothing of it will be destroyed
            yet, it was, or is held.
    """
    check_decides(session, case, hand, "hold")
    if not will_be_destroyed(session, case) or running_hold(session, case) is not None:
        raise MoveNotAllowed("hold")
    by = hand.access.staff_id
    write(session, case, hand, MessageKind.RULING, reason and f"暂停销毁：{reason}")
    session.add(DestructionHold(case_id=case.id, held_by=by, held_at=clock.now()))
    record(session, "destruction_held", case_id=case.id, by=by)
    case.version += 1
    session.flush()


def will_be_destroyed(session: Session, case: Case) -> bool:
    """Whether there is anything to hold: it has ended, or goes on and its reporter was granted what
    comes in the night after its end."""
    ends = case.state.has_ended or granted_of(session, case) is not None
    return ends and case.destroyed_on is None


def resume(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """End the hold of a case: it is destroyed when its day has come.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor doesn't decide about the case, or nobody holds it.
    """
    check_decides(session, case, hand, "resume")
    running = running_hold(session, case)
    if running is None:
        raise MoveNotAllowed("resume")
    by = hand.access.staff_id
    write(session, case, hand, MessageKind.RULING, reason and f"不再暂停销毁：{reason}")
    running.ended_by, running.ended_at = by, clock.now()
    record(session, "destruction_resumed", case_id=case.id, by=by)
    case.version += 1
    session.flush()
