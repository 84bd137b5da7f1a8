"""Changing a case's kind: the office alone, with a reason that the reporter reads. What he was
promised before still holds; a citizen can't choose wrong."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, write
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.told import told_of_kind
from portal.campaign.kinds import Kind


def put_kind(session: Session, case: Case, hand: Hand, kind: Kind, *, reason: str) -> None:
    """Put the new kind and the notice on the case; keys and dates follow.

    Raises:
        NeedsText: no reason was given.
    """
    write(session, case, hand, MessageKind.NOTICE, told_of_kind(kind, reason) if reason else "")
    former, case.kind = case.kind, kind
    was_one = former is Kind.TIP_OFF
    case.accusing = kind is Kind.TIP_OFF or case.barred or (case.accusing and not was_one)
    record(
        session,
        "kind_changed",
        case_id=case.id,
        by=hand.access.staff_id,
        former=former,
        kind=kind,
    )
