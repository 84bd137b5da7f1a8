"""How a return stands on a day: the three kinds of zero told apart, and late told from missing.
Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Version(Protocol):
    """One version of a return."""

    @property
    def stands(self) -> bool:
        """Whether it was signed and not sent back."""

    @property
    def signed_on(self) -> date | None:
        """The Shanghai day on which it was signed."""


class Dated(Protocol):
    """What is due on a Shanghai day."""

    @property
    def due_on(self) -> date:
        """The last day on which it is in time."""


class Way(StrEnum):
    """What there is of a return."""

    CAME = "came"
    SENT_BACK = "sent_back"
    NOTHING_YET = "nothing_yet"
    NOTHING = "nothing"

    @property
    def plain(self) -> str:
        """In words for its page."""
        return {
            Way.CAME: "报了",
            Way.SENT_BACK: "退回了，等更正",
            Way.NOTHING_YET: "还没报",
            Way.NOTHING: "没有报",
        }[self]


@dataclass(frozen=True)
class Standing:
    """What there is, and how many days after the due day the first of it came."""

    way: Way
    days_late: int = 0


def standing_of(owed: Dated, versions: Sequence[Version], today: date) -> Standing:
    """How a return stands at a Shanghai day. What came after the due day is late, not missing; what
    is only being filled in hasn't come."""
    signed = [one.signed_on for one in versions if one.signed_on is not None]
    if not signed:
        return Standing(Way.NOTHING if today > owed.due_on else Way.NOTHING_YET)
    late = max(0, (min(signed) - owed.due_on).days)
    came = any(one.stands for one in versions)
    return Standing(Way.CAME if came else Way.SENT_BACK, late)
