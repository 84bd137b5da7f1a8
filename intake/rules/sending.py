"""How a message of ours goes out, how far it is, what a report changes in that, and how long to
wait before it is tried again."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

# Each try is one call to the provider: to send, or to ask whether it was sent.
MOST_TRIES = 8
# Longer than a call may take, so that nobody else looks at a message while somebody sends it.
LEASE = timedelta(minutes=2)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
_GROWTH = 4
# Pauses differ by up to a half, so that messages that failed together don't come back together.
_JITTER = 0.5


class Medium(StrEnum):
    """How a message goes out."""

    TEXT = "text"
    MAIL = "mail"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return {Medium.TEXT: "短信", Medium.MAIL: "邮件"}[self]


class TextState(StrEnum):
    """How far a message is. `UNKNOWN`: it was handed to the provider, and nobody knows whether he
    took it: that has to be looked up before it is sent again."""

    WAITING = "waiting"
    UNKNOWN = "unknown"
    UNSENT = "unsent"
    DEAD = "dead"
    LET_GO = "let_go"
    STOPPED = "stopped"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return _OFFICIAL[self]


_OFFICIAL = {
    TextState.WAITING: "等着发",
    TextState.UNKNOWN: "发了，对方没有回音，正在查",
    TextState.UNSENT: "没有发：没有接通",
    TextState.DEAD: "没有发成",
    TextState.LET_GO: "不再发",
    TextState.STOPPED: "没有发：收的人不要通知",
    TextState.SENT: "已交运营商",
    TextState.FAILED: "没有送到",
    TextState.DELIVERED: "已送达",
}
# The code of a message of which nobody will ever know whether it went out.
MAY_HAVE_GONE = "may_have_gone"
# What somebody has to look at.
LOST = frozenset({TextState.DEAD, TextState.FAILED})
# What the worker still has to do something about.
IN_HAND = frozenset({TextState.WAITING, TextState.UNKNOWN})
# A report never leads back along this list: what a provider says of a message counts more than
# what we believed, and that it arrived counts most, whenever we hear of it.
_ORDER = list(TextState)


def after_report(state: TextState, reported: TextState) -> TextState:
    """The state after a report. Reports may come late, twice and in any order: they lead to the
    same state."""
    return max(state, reported, key=_ORDER.index)


def pause(tries: int, chance: float) -> timedelta:
    """How long to wait after so many tries (one at least) that came to nothing. `chance` lies
    between 0 and 1."""
    times: int = _GROWTH ** min(tries - 1, MOST_TRIES)
    return min(_FIRST_PAUSE * times, _LONGEST_PAUSE) * (1 + _JITTER * chance)
