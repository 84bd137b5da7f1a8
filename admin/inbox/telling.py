"""Telling somebody by text what he would have been answered at the door: the receipt. What was done
besides needs no answer, since nobody waits for it any more."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.dates import clocks_of, happened
from intake.outbox.notices import REGISTERED, Occasion
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import queue_notice, queue_receipt
from intake.rules.clocks import told_to_reporter
from intake.sms.answers import Answer
from intake.vault.query_codes import read_code
from portal.campaign.book import book


def tell(session: Session, answer: Answer) -> None:
    """Queue the receipt that an answer is, with the day until which its reader is answered; once
    for each case."""
    code = answer.values.get("code", "")
    if not code:
        return
    # Held, so that another worker with the same text doesn't tell it too.
    wanted = select(Case).where(Case.number == answer.values["number"]).with_for_update()
    case = session.scalars(wanted).one()
    if _was_told(session, case):
        return
    running = clocks_of(book(session), case.kind, case.identity, happened(session, case))
    told = told_to_reporter(running)
    on = told.working.due_on if told else None
    queue_receipt(session, case, read_code(code), on=on, template=REGISTERED)
    if "receipt_words" in answer.names:
        queue_notice(session, case, Occasion.PICTURES_LOST)


def _was_told(session: Session, case: Case) -> bool:
    queued = select(OutboundText.id).where(
        OutboundText.case_id == case.id, OutboundText.template == REGISTERED
    )
    return session.scalars(queued.limit(1)).first() is not None
