"""Changing a case's kind: the office alone, with a reason that the reporter reads. What he was
promised before still holds; a citizen can't choose wrong."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, check_decides, settle, write
from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rules.lifecycle import MoveNotAllowed
from intake.told import told_of_kind
from portal.campaign.kinds import Kind


def change_kind(session: Session, case: Case, hand: Hand, kind: Kind, *, reason: str) -> None:
    """Make a case one of another kind, and tell its reporter why.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office, the case is over, or of that kind.
        NeedsText: no reason was given.
    """
    check_decides(session, case, hand, "change_kind")
    if not case.state.is_open or case.kind is kind:
        raise MoveNotAllowed("change_kind")
    put_kind(session, case, hand, kind, reason=reason)
    # The identity of a tip-off's writer is for the office alone, that of others isn't.
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def put_kind(session: Session, case: Case, hand: Hand, kind: Kind, *, reason: str) -> None:
    """Put the new kind and the notice on the case; keys and dates follow.

    Raises:
        NeedsText: no reason was given.
    """
    write(session, case, hand, MessageKind.NOTICE, told_of_kind(kind, reason) if reason else "")
    former, case.kind = case.kind, kind
    case.accusing = case.accusing or kind is Kind.TIP_OFF
    record(
        session,
        "kind_changed",
        case_id=case.id,
        by=hand.access.staff_id,
        former=former,
        kind=kind,
    )
