"""Taking in the texts that wait in the spool, those that came while the database was away and those
that come in parts: each once, whatever is killed in between, and its sender hears by text what he
would have been answered.

A text's files go after its case is committed. Found again, they are known by the provider's ids.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin.inbox.joining import Waiting, joined, whole_texts
from admin.inbox.known import known_of
from admin.inbox.one_by_one import one_by_one
from admin.inbox.telling import tell
from intake.learned import learned
from intake.sms import spool
from intake.sms.matter import Inbound
from intake.sms.receive import as_inbound_text, receive
from intake.vault.vault import Vault, vault_of
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.logs import log_error

_log = logging.getLogger("huimin")


def take_in(database: Database, folder: Path) -> int:
    """Take in what waits, the oldest first; returns how many texts that were. What its own key
    doesn't open is put aside."""
    spool.sweep(folder)
    with database.reading() as session:
        waiting = list(_opened(vault_of(session), folder))
    texts = whole_texts(waiting, clock.now())
    return one_by_one(texts, lambda parts: _take_in(database, parts))


def take_in_one(database: Database, *parts: Inbound, was_kept: bool = False) -> bool:
    """Take in a text, or all the parts of one, whose sender waits no more; False where it has to be
    tried again. What was taken in before is let be: the worker was killed before its file was gone,
    or the provider handed it over twice. `was_kept`: it waited in the spool, and its sender was
    told that he would hear more."""
    # Read once, and not while everybody waits for his turn at writing.
    learned()
    try:
        with database.writing() as session:
            known = known_of(session, [one.provider_id for one in parts])
            fresh = [one for one in parts if one.provider_id not in known]
            if fresh:
                tell(session, receive(session, joined(fresh), late=True))
            elif was_kept:
                _tell_again(session, parts)
            for further in fresh[1:]:
                session.add(as_inbound_text(session, further))
    except IntegrityError:
        # A case number was drawn twice, or another worker has it in hand.
        return False
    return True


def _take_in(database: Database, parts: Sequence[Waiting]) -> bool:
    taken = take_in_one(database, *(one.inbound for one in parts), was_kept=True)
    if taken:
        for one in parts:
            one.file.unlink(missing_ok=True)
    return taken


def _tell_again(session: Session, parts: Sequence[Inbound]) -> None:
    """Tell somebody his receipt whose text was registered although the door couldn't know: the
    database took it and was gone before it could say so."""
    if len(parts) == 1:
        tell(session, receive(session, parts[0]))


def _opened(vault: Vault, folder: Path) -> Iterator[Waiting]:
    for file in spool.kept(folder):
        try:
            since = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            yield Waiting(file, spool.opened(vault, file), since)
        except FileNotFoundError:
            # Another worker was faster.
            continue
        except OSError as failure:
            # It stays, and the others go on.
            log_error(failure)
        except spool.DoesNotOpen:
            _log.error("a text in the spool doesn't open: %s", file.stem[:8])
            if _is_damaged(vault, file):
                spool.put_aside(file)


def _is_damaged(vault: Vault, file: Path) -> bool:
    """Whether its key is at hand and doesn't open it. Where the key isn't, it may come: while keys
    are turned, or once the right database is back."""
    try:
        return vault.has_worker_key(file.read_bytes())
    except (OSError, spool.DoesNotOpen):
        return False
