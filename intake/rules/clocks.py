"""Which clocks of a case run, counted from its events and the campaign's time limits.

The same events and the same calendar give the same dates at any time, so that a stored date can
always be counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from intake.rules.deadlines import Calendar, Working, due, earlier
from intake.rules.given_dates import ENDS, given_dates
from intake.rules.pauses import Grant, Happened, extended_by, pauses

# An application that was corrected is received anew (政府信息公开条例 30).
_STARTED_BY = {
    "assigned": frozenset({"assigned", "transferred"}),
    "received": frozenset({"received", "correction_received"}),
    "closed": frozenset({"closed", "declined", "given_up"}),
    "reopened": frozenset({"reopened", "reopened_by_office", "reopened_by_sender"}),
}

# A second unit's acceptance gives nobody more time: the day of the first one counts (信访工作条例
# 34), and so does the day on which a matter was first found to be another body's.
_COUNTS_ONCE = frozenset({"accepted", "found"})

# A case that was opened again by somebody else than its reporter: he needn't ask for it any more.
_BY_OTHERS = ("reopened_by_office", "reopened_by_sender")

# A clock stops at the first of these events.
_STOPPED_BY: dict[str, frozenset[str]] = {
    "sign_for": frozenset({"signed_for", "accepted", "returned", "replied"}),
    "return": frozenset({"accepted", "returned", "replied"}),
    "notice_of_acceptance": frozenset({"accepted", "notified", "replied"}),
    "tell_taken_on": frozenset({"accepted", "replied"}),
    "office_look": frozenset({"looked", "replied"}),
    "refer": frozenset({"referred", "not_referred", "handed_over"}),
    "confirm_receipt": frozenset({"received", "replied"}),
    "ask_correction": frozenset({"correction_asked", "replied"}),
    "reply": frozenset({"replied", "correction_asked"}),
    "close": frozenset({"replied"}),
    "conclude": frozenset({"replied"}),
    "tell_result": frozenset({"replied", "result_told"}),
    "object": frozenset({"reopened", *_BY_OTHERS, "review_asked"}),
    "ask_review": frozenset({"review_asked", *_BY_OTHERS}),
    "review": frozenset({"replied"}),
}
# What begins with the answer goes on after the case is closed.
_OUTLIVES = frozenset({"object", "ask_review"})
# These are owed to a writer whose name is known only (信访工作条例 23, 检举控告工作规则).
_NEEDS_NAME = frozenset({"notice_of_acceptance", "tell_taken_on", "tell_result"})
# Until when somebody may do something; nobody owes it.
_MAY = frozenset({"return", "ask_correction", "object", "ask_review"})
# The dates that a reporter is told, the most telling first.
_TOLD = (
    "reply",
    "close",
    "review",
    "conclude",
    "tell_result",
    "notice_of_acceptance",
    "tell_taken_on",
    "confirm_receipt",
    "sign_for",
)
# Those by which he hears how his matter ended.
_ANSWERS = frozenset({"reply", "close", "review", "conclude", "tell_result"})
# Matters that no other procedure is for (信访工作条例 31(6)).
_USUAL_ROUTE = "6"


class Limit(Grant, Protocol):
    """One time limit of the campaign's data. `route` is the one of 信访工作条例 31 that it is for;
    None: for whichever."""

    starts: str
    limit: int
    source: str
    route: str | None

    @property
    def in_working_days(self) -> bool:
        """Whether the limit counts working days."""

    @property
    def is_law(self) -> bool:
        """Whether it is law, and no mere promise."""


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

    @property
    def is_owed(self) -> bool:
        """Whether somebody here has to do something by then; else it is a right that ends then."""
        return self.clock not in _MAY


def running(
    events: Sequence[Happened], spells: Iterable[Spell], calendar: Calendar, *, named: bool
) -> tuple[Running, ...]:
    """The running clocks, the earliest first. `named`: whether the writer gave his name.

    Where a law and a promise set the same clock, the earlier date counts. So it does where a case's
    kind was changed: what was promised before still holds, a new promise counts from the change,
    and the law from the day on which the case came.
    """
    found: dict[str, Working] = {}
    true = _still_true(events)
    counted = _workings(true, spells, calendar, named=named)
    for clock, working in (*counted, *given_dates(true, calendar)):
        before = found.get(clock)
        found[clock] = earlier(before, working) if before else working
    return tuple(
        sorted(
            (Running(c, w) for c, w in found.items()),
            key=lambda one: (one.working.due_on, one.clock),
        )
    )


def told_to_reporter(clocks: Sequence[Running]) -> Running | None:
    """The date by which the reporter hears from us."""
    by_name = {one.clock: one for one in clocks}
    return next((by_name[name] for name in _TOLD if name in by_name), None)


def answer_promised(clocks: Sequence[Running]) -> Running | None:
    """The date by which the reporter hears how his matter ended."""
    return told_to_reporter([one for one in clocks if one.clock in _ANSWERS])


def route_of(events: Sequence[Happened]) -> str:
    """The route of 信访工作条例 31 that was chosen last; the sixth where none was."""
    chosen = [str(one.facts["route"]) for one in events if one.name == "route_chosen"]
    return chosen[-1] if chosen else _USUAL_ROUTE


def _workings(
    events: Sequence[Happened], spells: Iterable[Spell], calendar: Calendar, *, named: bool
) -> Iterator[tuple[str, Working]]:
    route = route_of(events)
    for spell in spells:
        for limit in spell.limits:
            at = _started(events, limit, named=named) if limit.route in {None, route} else None
            if at is not None:
                yield limit.clock, _counted(events, limit, at, spell.since, calendar)


def _still_true(events: Sequence[Happened]) -> Sequence[Happened]:
    """Events without the answers of units that a case was taken away from afterwards: somebody else
    still owes one; and without the mergers that were undone, as if they had never been."""
    undone = {"replied": "taken_away", "merged": "unmerged"}
    last = {
        name: max((at for at, one in enumerate(events) if one.name == by), default=-1)
        for name, by in undone.items()
    }
    return [one for at, one in enumerate(events) if at > last.get(one.name, -1)]


def _started(events: Sequence[Happened], limit: Limit, *, named: bool) -> int | None:
    """The place of the event that started a clock, or None where it doesn't run."""
    stops = _STOPPED_BY.get(limit.clock)
    if stops is None or (limit.clock in _NEEDS_NAME and not named):
        return None
    starts = _STARTED_BY.get(limit.starts, frozenset({limit.starts}))
    ends = frozenset[str]() if limit.clock in _OUTLIVES else ENDS
    started: int | None = None
    for at, event in enumerate(events):
        if event.name in starts:
            goes_on = started is not None and limit.starts in _COUNTS_ONCE
            started = started if goes_on else at
        elif event.name in stops or event.name in ends:
            started = None
    if limit.starts == "registered" and any(e.name in stops for e in events):
        return None
    return started


def _counted(
    events: Sequence[Happened], limit: Limit, at: int, since: date | None, calendar: Calendar
) -> Working:
    start = events[at].on
    if limit.starts == "registered":
        # A letter is received on the day it comes, whenever somebody writes it down.
        start = min([start, *(one.on for one in events if one.name == "received")])
        start = max(start, since) if since and not limit.is_law else start
    return due(
        limit.limit,
        limit.in_working_days,
        start,
        calendar,
        pauses(events, limit, at, calendar),
        extended_by(events, limit, at),
    ).by(limit.source)
