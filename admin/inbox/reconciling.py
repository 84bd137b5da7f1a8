"""Reconciling with the provider: it doesn't call again after an error, so the worker asks it for
its list and registers what never came to our door."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy.exc import IntegrityError

from admin.inbox.known import known_of
from admin.inbox.one_by_one import one_by_one
from admin.inbox.reconciled import note_reconciled, reconciled_until
from admin.inbox.taking_in import take_in_one
from intake.sms import spool
from intake.sms.matter import Inbound
from portal.foundation import clock
from portal.foundation.database import Database

# Who calls at our door is answered within seconds; what came just now may be on its way there.
_ON_ITS_WAY = timedelta(minutes=3)
_ALWAYS, _OVERLAP = timedelta(days=3), timedelta(hours=1)
_log = logging.getLogger("huimin")


@dataclass(frozen=True)
class Listed:
    """A text on a provider's list, and when it took it (UTC)."""

    inbound: Inbound
    came_at: datetime


class Inbox(Protocol):
    """A provider's list of the texts that it took for us."""

    name: str

    def since(self, moment: datetime) -> Iterable[Listed]:
        """The texts that came since a moment, in any order. Raises InboxIsShut."""

    def whole(self, inbound: Inbound) -> Inbound:
        """A text of that list with its pictures. Raises InboxIsShut."""


class InboxIsShut(Exception):
    """The provider doesn't give its list; the text is an error's code."""


def reconcile(database: Database, *, inbox: Inbox, folder: Path) -> int:
    """Register what the provider took and we never heard of; returns how many texts that were.

    It looks three days back; farther where the list was last read to its end before that: the door
    and the list may have been shut for a week, or an old backup was restored.

    Raises:
        InboxIsShut: see there.
        Exception: a text couldn't be taken in; all the others were.
    """
    now = clock.now()
    with database.reading() as session:
        until = reconciled_until(session, inbox.name)
    since = min(now - _ALWAYS, until - _OVERLAP) if until else now - _ALWAYS
    listed = [one for one in inbox.since(since) if one.came_at <= now - _ON_ITS_WAY]
    # The oldest first: whoever wrote twice is heard in his own order.
    missing = sorted(_missing(database, folder, listed), key=lambda one: one.came_at)
    taken = one_by_one(missing, lambda one: take_in_one(database, inbox.whole(one.inbound)))
    if taken:
        _log.warning("%d texts that never came to our door were taken from the provider", taken)
    # Another worker may have noted the same for the first time just now.
    with suppress(IntegrityError), database.writing() as session:
        note_reconciled(session, inbox.name, now - _ON_ITS_WAY)
    return taken


def _missing(database: Database, folder: Path, listed: Sequence[Listed]) -> list[Listed]:
    """What is neither registered nor waits in the spool, whose turn comes by itself."""
    with database.reading() as session:
        known = known_of(session, [one.inbound.provider_id for one in listed])
    vault, waits = database.session_info["vault"], {file.stem for file in spool.kept(folder)}
    return [
        one
        for one in listed
        if one.inbound.provider_id not in known
        and waits.isdisjoint(spool.names_of(vault, one.inbound.provider_id))
    ]
