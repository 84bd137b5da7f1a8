"""Many texts from one sender: each is kept and acted on, and of those over his limit one in
several is answered, since answers cost money."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.cases.inbound_text import InboundText
from portal.foundation.limits import DOORS, limits

_DOOR = "text-sender"
_ONE_IN = 10


def is_answered(session: Session, sender: str, text: InboundText) -> tuple[bool, bool]:
    """Whether a text, which isn't stored yet, gets an answer; and whether that answer is one in
    several."""
    if limits.hit(_DOOR, limits.sender_key(sender)).allowed:
        return True, False
    since = text.received_at - timedelta(seconds=DOORS[_DOOR].windows[0].seconds)
    before = select(func.count()).where(
        InboundText.sender_mark == text.sender_mark, InboundText.received_at > since
    )
    stored = session.scalars(before).one()
    return (stored + 1) % _ONE_IN == 0, True
