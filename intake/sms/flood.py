"""Many texts from one sender: each is kept and acted on. Of those over his limit one in several is
answered, since answers cost money."""

from __future__ import annotations

from enum import Enum

from portal.foundation.limits import limits

_EACH, _OVER = "text-sender", "text-sender-over"


class Hears(Enum):
    """Whether a sender is answered: each text of his, one in several of them, or not this one."""

    EACH = "each"
    SOME = "some"
    NOT_NOW = "not now"


def hears(sender: str) -> Hears:
    """Count a text of a sender, and say whether he is answered."""
    key = limits.sender_key(sender)
    if limits.hit(_EACH, key).allowed:
        return Hears.EACH
    return Hears.SOME if limits.hit(_OVER, key).allowed else Hears.NOT_NOW
