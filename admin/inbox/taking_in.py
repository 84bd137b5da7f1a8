"""Taking in the texts that came while the database was away: each once, whatever is killed in
between, and its sender hears by text what he would have been answered.

A text's file goes after its case is committed. Found again, it is known by the provider's id.
"""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from admin.inbox.known import known_of
from admin.inbox.telling import tell
from intake.learned import learned
from intake.sms import spool
from intake.sms.matter import Inbound
from intake.sms.receive import receive
from portal.foundation.database import Database

_log = logging.getLogger("huimin")


def take_in(database: Database, folder: Path) -> int:
    """Take in what waits, the oldest first; returns how many texts that were. What doesn't open is
    put aside."""
    taken = 0
    spool.sweep(folder)
    for file in spool.kept(folder):
        try:
            inbound = spool.opened(database.session_info["vault"], file)
        except spool.DoesNotOpen:
            _log.error("a text in the spool doesn't open: %s", file.stem[:8])
            spool.put_aside(file)
            continue
        if take_in_one(database, inbound):
            file.unlink(missing_ok=True)
            taken += 1
    return taken


def take_in_one(database: Database, inbound: Inbound) -> bool:
    """Take in a text whose sender waits no more; False where it has to be tried again. One that
    was taken in before is let be: the worker was killed before its file was gone, or the provider
    handed it over twice."""
    # Read once, and not while everybody waits for his turn at writing.
    learned()
    try:
        with database.writing() as session:
            if not known_of(session, [inbound.provider_id]):
                tell(session, receive(session, inbound))
    except IntegrityError:
        # A case number was drawn twice, or another worker has it in hand.
        return False
    return True
