"""What every provider of texts or mails can do for us, and what may come of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from intake.rules.sending import TextState


class Verdict(StrEnum):
    """What came of a call. `NEVER`: the same message will never go out, or nobody can ever say
    whether it did. `UNKNOWN`: nobody answered, so that he may have taken it. `NOT_THERE`: asked for
    it, he hasn't got it."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"
    STOPPED = "stopped"
    UNKNOWN = "unknown"
    NOT_THERE = "not_there"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Outcome:
    """A verdict with the provider's own id of the message, its state, and the code of an error."""

    verdict: Verdict
    provider_id: str | None = None
    state: TextState = TextState.SENT
    code: str = ""


@dataclass(frozen=True)
class OpenText:
    """A message in the clear, for as long as it takes to hand it over. `others` are the provider's
    ids of further messages to the same person; `tried_since` is when he was first given this
    one. `subject` is what stands above a mail."""

    reference: str
    to: str = field(repr=False)
    body: str = field(repr=False)
    tried_since: datetime
    others: Collection[str] = ()
    subject: str = ""


class Provider(Protocol):
    """Somebody who sends texts or mails. Neither call raises, and neither takes longer than a
    minute."""

    name: str

    def send(self, opened: OpenText) -> Outcome:
        """Hand a message over."""

    def find(self, opened: OpenText) -> Outcome:
        """Ask whether he took a message that was handed over without an answer."""
