"""Which clocks of a case run, counted from its events and the campaign's time limits.

The same events and the same calendar give the same dates at any time, so that a stored date can
always be counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from intake.rules.deadlines import Calendar, Working, due, earlier

# Law and promise speak of "received" where a case is complete; by web and by text that is its
# registration.
_SAME_START = {"received": "registered"}

# A clock stops at the first of these events; every clock stops where the case ends.
_STOPPED_BY: dict[str, frozenset[str]] = {
    "sign_for": frozenset({"signed_for", "accepted", "returned", "replied"}),
    "notice_of_acceptance": frozenset({"accepted", "replied"}),
    "tell_taken_on": frozenset({"accepted", "replied"}),
    "office_look": frozenset({"looked", "replied"}),
    "refer": frozenset({"referred"}),
    "reply": frozenset({"replied"}),
    "close": frozenset({"replied"}),
    "conclude": frozenset({"replied"}),
}
_ENDS = frozenset({"closed", "withdrawn", "handed_over"})
# These are owed to a writer whose name is known only (信访工作条例 23, 检举控告工作规则).
_NEEDS_NAME = frozenset({"notice_of_acceptance", "tell_taken_on"})
# The dates that a reporter is told, the most telling first.
_TOLD = ("reply", "close", "conclude", "notice_of_acceptance", "tell_taken_on", "sign_for")


class Limit(Protocol):
    """One time limit of the campaign's data."""

    clock: str
    starts: str
    limit: int
    source: str

    @property
    def in_working_days(self) -> bool:
        """Whether the limit counts working days."""

    @property
    def is_law(self) -> bool:
        """Whether it is law, and no mere promise."""


@dataclass(frozen=True)
class Happened:
    """One event, as far as clocks care. `former_kind` is what a case was before a change."""

    name: str
    on: date
    former_kind: str = ""


@dataclass(frozen=True)
class Spell:
    """A time in which a case is of one kind, with that kind's limits. `since` is the day on which
    it became so; None: it came so."""

    limits: Sequence[Limit]
    since: date | None = None


@dataclass(frozen=True)
class Running:
    """A clock that runs, with the working of its date."""

    clock: str
    working: Working


def running(
    events: Sequence[Happened], spells: Iterable[Spell], calendar: Calendar, *, named: bool
) -> tuple[Running, ...]:
    """The running clocks, the earliest first. `named`: whether the writer gave his name.

    Where a law and a promise set the same clock, the earlier date counts. So it does where a case's
    kind was changed: what was promised before still holds, a new promise counts from the change,
    and the law from the day on which the case came.
    """
    events = _still_true(events)
    found: dict[str, Working] = {}
    for spell in spells:
        for limit in spell.limits:
            start = _started(events, limit, spell.since, named=named)
            if start is None:
                continue
            working = due(limit.limit, limit.in_working_days, start, calendar).by(limit.source)
            before = found.get(limit.clock)
            found[limit.clock] = earlier(before, working) if before else working
    return tuple(
        sorted(
            (Running(c, w) for c, w in found.items()),
            key=lambda one: (one.working.due_on, one.clock),
        )
    )


def _still_true(events: Sequence[Happened]) -> Sequence[Happened]:
    """Events without the answers of units that a case was taken away from afterwards: somebody else
    still owes one."""
    taken = max((at for at, one in enumerate(events) if one.name == "taken_away"), default=0)
    return [one for at, one in enumerate(events) if at > taken or one.name != "replied"]


def told_to_reporter(clocks: Sequence[Running]) -> Running | None:
    """The date by which the reporter hears from us."""
    by_name = {one.clock: one for one in clocks}
    return next((by_name[name] for name in _TOLD if name in by_name), None)


def _started(
    events: Sequence[Happened], limit: Limit, since: date | None, *, named: bool
) -> date | None:
    """The day a clock started, or None where it doesn't run."""
    stops = _STOPPED_BY.get(limit.clock)
    if stops is None or (limit.clock in _NEEDS_NAME and not named):
        return None
    start_name = _SAME_START.get(limit.starts, limit.starts)
    started: date | None = None
    for event in events:
        if event.name == start_name:
            started = event.on
        elif event.name in stops or event.name in _ENDS:
            started = None
    if limit.starts == "registered" and any(e.name in stops for e in events):
        return None
    if started and since and start_name == "registered" and not limit.is_law:
        return max(started, since)
    return started
