"""Changing a case's kind: the office alone, with a reason that the reporter reads. What he was
promised before still holds; a citizen can't choose wrong."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from admin.desk.hand import Hand, write
from admin.desk.together import part_from
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.cases.receipt import Receipt
from intake.outbox.addressing import forget_address, may_be_texted
from intake.outbox.notices import Occasion
from intake.outbox.queue_notice import queue_notice
from intake.rules.sending import Medium
from intake.told import told_of_kind
from portal.campaign.kinds import Kind


def put_kind(session: Session, case: Case, hand: Hand, kind: Kind, *, reason: str) -> None:
    """Put the new kind and the notice on the case; keys and dates follow. What was merged into it
    goes on by itself, since only cases of one kind are handled together.

    Raises:
        NeedsText: no reason was given.
    """
    write(session, case, hand, MessageKind.NOTICE, told_of_kind(kind, reason) if reason else "")
    former, case.kind = case.kind, kind
    part_from(session, case, hand)
    if kind is Kind.TIP_OFF:
        # Nobody may tie a tip-off to what the same person says openly.
        forgotten = update(Receipt).where(Receipt.case_id == case.id)
        session.execute(forgotten.values(contact_mark=None))
        # He never said that texts may speak of a tip-off, nor that mails may.
        texted = may_be_texted(kind, case.channel, ticked=False)
        forget_address(session, case, Medium.MAIL if texted else None)
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
    queue_notice(session, case, Occasion.KIND_CHANGED)
