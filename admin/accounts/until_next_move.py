"""What rooms besides the desk say of themselves, read anew only once something moved in one of
them.

It stands above every list of cases and would take most of that page's time. Whatever is done there
leaves an event of the campaign's own kind, so that the chain says whether anything can have
changed; the many events of cases change nothing in these rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from flask import current_app
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from intake.cases import campaign_events
from intake.cases.event import Event, EventHead
from portal.foundation import clock

Read = TypeVar("Read")

_KEY = "until_next_move"
_HEAD = select(EventHead.seq)
_MOVE_SINCE = (
    select(Event.seq)
    .where(Event.seq > bindparam("seen"), Event.name.in_(sorted(campaign_events.FIELDS)))
    .limit(1)
)
# As many people as may look at once; beyond that all begin anew.
_MOST = 2_000


@dataclass
class _Kept:
    """What was read while nothing moved: on one Shanghai day, up to one event of the chain."""

    day: date
    seen: int
    values: dict[Hashable, object] = field(default_factory=dict)


def until_next_move(session: Session, key: Hashable, read: Callable[[], Read]) -> Read:
    """What `read` gives, kept under `key` until something moves in the campaign's rooms or the day
    is over. The key names whoever reads and as what: nobody is shown what was read for another."""
    values = _still_true(session).values
    if key not in values:
        values[key] = read()
    found: Read = values[key]  # type: ignore[assignment]
    return found


def _still_true(session: Session) -> _Kept:
    head, day = session.scalar(_HEAD) or 0, clock.today()
    kept: _Kept | None = current_app.extensions.get(_KEY)
    if kept is not None and kept.day == day and len(kept.values) < _MOST:
        if kept.seen == head:
            return kept
        if session.scalar(_MOVE_SINCE, {"seen": kept.seen}) is None:
            # What is read from here on is as new as this head, or newer, and goes with it.
            kept.seen = head
            return kept
    kept = current_app.extensions[_KEY] = _Kept(day, head)
    return kept
