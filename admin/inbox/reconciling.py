"""Reconciling with the provider: it doesn't call again after an error, so the worker asks it for
its list and registers what never came to our door."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.inbox.known import known_of
from admin.inbox.taking_in import take_in_one
from intake.cases.inbound_text import InboundText
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

    def since(self, moment: datetime) -> Iterable[Listed]:
        """The texts that came since a moment, in any order. Raises InboxIsShut."""


class InboxIsShut(Exception):
    """The provider doesn't give its list; the text is an error's code."""


def reconcile(database: Database, *, inbox: Inbox, folder: Path) -> int:
    """Register what the provider took and we never heard of; returns how many texts that were.

    It looks three days back; farther where the last text that we know is older, since the door may
    have been shut ever since.

    Raises:
        InboxIsShut: see there.
    """
    now = clock.now()
    with database.reading() as session:
        since = _since(session, now)
    listed = [one for one in inbox.since(since) if one.came_at <= now - _ON_ITS_WAY]
    # The oldest first: whoever wrote twice is heard in his own order.
    missing = sorted(_missing(database, folder, listed), key=lambda one: one.came_at)
    taken = sum(take_in_one(database, one.inbound) for one in missing)
    if taken:
        _log.warning("%d texts that never came to our door were taken from the provider", taken)
    return taken


def _since(session: Session, now: datetime) -> datetime:
    last = session.scalar(select(func.max(InboundText.received_at)))
    return min(now - _ALWAYS, last - _OVERLAP) if last else now - _ALWAYS


def _missing(database: Database, folder: Path, listed: Sequence[Listed]) -> list[Listed]:
    """What is neither registered nor waits in the spool, whose turn comes by itself."""
    with database.reading() as session:
        known = known_of(session, [one.inbound.provider_id for one in listed])
    vault, waits = database.session_info["vault"], {file.stem for file in spool.kept(folder)}
    return [
        one
        for one in listed
        if one.inbound.provider_id not in known
        and spool.name_of(vault, one.inbound.provider_id) not in waits
    ]
