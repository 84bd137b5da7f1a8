"""Taking in the texts that came while the database was away: each once, whatever is killed in
between, and its sender hears by text what he would have been answered.

A text's file goes after its case is committed. Found again, it is known by the provider's id.
"""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.inbound_text import InboundText
from intake.dates import clocks_of, happened
from intake.learned import learned
from intake.outbox.notices import REGISTERED
from intake.outbox.queue_notice import queue_receipt
from intake.rules.clocks import told_to_reporter
from intake.sms import spool
from intake.sms.answers import Answer
from intake.sms.receive import receive
from intake.vault.query_codes import read_code
from intake.vault.vault import Vault
from portal.campaign.book import book
from portal.foundation.database import Database

_log = logging.getLogger("huimin")


def take_in(database: Database, folder: Path) -> int:
    """Take in what waits, the oldest first; returns how many texts that were. What doesn't open is
    put aside."""
    taken, vault = 0, database.session_info["vault"]
    spool.sweep(folder)
    for file in spool.kept(folder):
        try:
            inbound = spool.opened(vault, file)
        except spool.DoesNotOpen:
            _log.error("a text in the spool doesn't open: %s", file.stem[:8])
            spool.put_aside(file)
            continue
        # Read once, and not while everybody waits for his turn at writing.
        learned()
        try:
            with database.writing() as session:
                if not _is_known(session, vault, inbound.provider_id):
                    _tell(session, receive(session, inbound))
        except IntegrityError:
            # A case number was drawn twice, or another worker has it in hand: next time.
            continue
        file.unlink(missing_ok=True)
        taken += 1
    return taken


def _is_known(session: Session, vault: Vault, provider_id: str) -> bool:
    """Whether the message was taken in before: the worker was killed before its file was gone, or
    the provider handed it over twice."""
    mark = vault.mark("text-id", provider_id)
    return (
        session.scalars(select(InboundText.id).where(InboundText.message_mark == mark)).first()
        is not None
    )


def _tell(session: Session, answer: Answer) -> None:
    """Text the receipt; what was done besides needs none, since nobody waits for it any more."""
    code = answer.values.get("code", "")
    if not code:
        return
    case = session.scalars(select(Case).where(Case.number == answer.values["number"])).one()
    running = clocks_of(book(session), case.kind, case.identity, happened(session, case))
    told = told_to_reporter(running)
    on = told.working.due_on if told else None
    queue_receipt(session, case, read_code(code), on=on, template=REGISTERED)
