"""What became of the published problems, coarse enough to add up, and how that changed from day to
day: found = struck off + in hand + carried over + unfounded (台账, plan 五(二)1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.foundation import clock
from portal.published.result import ResultRevision, ResultState


class Fate(StrEnum):
    """What became of a problem, coarse enough to add up: found = the sum of these four."""

    STRUCK_OFF = "struck_off"
    IN_HAND = "in_hand"
    CARRIED_OVER = "carried_over"
    UNFOUNDED = "unfounded"

    @property
    def plain(self) -> str:
        """In a citizen's words."""
        return _PLAIN[self]

    @property
    def states(self) -> tuple[ResultState, ...]:
        """The states of the ledger that it takes together."""
        return _STATES[self]


_PLAIN = {
    Fate.STRUCK_OFF: "已销号",
    Fate.IN_HAND: "正在改",
    Fate.CARRIED_OVER: "暂时改不了",
    Fate.UNFOUNDED: "查了不属实",
}
_STATES = {
    Fate.STRUCK_OFF: (ResultState.STRUCK_OFF,),
    Fate.IN_HAND: (ResultState.FOUND, ResultState.RECTIFYING, ResultState.RECTIFIED),
    Fate.CARRIED_OVER: (ResultState.CARRIED_OVER,),
    Fate.UNFOUNDED: (ResultState.UNFOUNDED,),
}
FATES: Mapping[ResultState, Fate] = {state: fate for fate in Fate for state in fate.states}


@dataclass(frozen=True)
class Release:
    """As much of a release as the totals need: from which moment it stood, and on which Shanghai
    day it was withdrawn, if it was."""

    number: str
    released_at: datetime
    state: ResultState
    withdrawn_on: date | None

    @classmethod
    def of(cls, one: ResultRevision) -> Release:
        """The same of a stored release."""
        return cls(one.result_number, one.released_at, one.state, one.withdrawn_on)


@dataclass(frozen=True)
class DayTotals:
    """How many results stood with each fate when a Shanghai day ended."""

    day: date
    sums: Mapping[Fate, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.sums.values())


def day_totals(releases: Iterable[Release]) -> list[DayTotals]:
    """The totals day by day, from releases in their order within each number.

    Of a number that was released several times on a day, the last counts; what was withdrawn counts
    no more from that day on, until it is released again.
    """
    on: dict[date, dict[str, Fate | None]] = {}
    for one in releases:
        on.setdefault(clock.day_of(one.released_at), {})[one.number] = FATES[one.state]
        if one.withdrawn_on:
            on.setdefault(one.withdrawn_on, {})[one.number] = None
    standing: dict[str, Fate | None] = {}
    found = []
    for day in sorted(on):
        standing |= on[day]
        counted = Counter(fate for fate in standing.values() if fate)
        found.append(DayTotals(day, {fate: counted[fate] for fate in Fate}))
    return found
