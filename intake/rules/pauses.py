"""What a clock leaves out and what it was given besides: pauses and extensions, read from a case's
events.

A pause exists only where a time limit of the campaign's data grants one, with its source beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Protocol

from intake.rules.deadlines import Calendar, Pause, due


@dataclass(frozen=True)
class Happened:
    """One event, as far as clocks care."""

    name: str
    on: date
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), hash=False)


class Grant(Protocol):
    """What a time limit grants besides its days. `pause` names what stops it, `pause_limit` the
    working days that one pause lasts at most, `pause_times` how often there may be one; None: as
    long, or as often, as it takes. `extension` is how many days may be added, in the limit's own
    unit."""

    clock: str
    pause: str | None
    pause_limit: int | None
    pause_times: int | None
    extension: int | None


@dataclass(frozen=True)
class _Cause:
    """What begins a pause, what ends it, and how the working of a date calls it."""

    begins: str
    ends: str
    why: str


CAUSES = {
    "reporter": _Cause("reporter_asked", "supplemented", "等来件人补充"),
    "third_party": _Cause("third_party_asked", "third_party_answered", "征求第三方意见"),
    "hearing": _Cause("hearing_begun", "hearing_ended", "听证"),
}


def pauses(
    events: Sequence[Happened], grant: Grant, since: int, calendar: Calendar
) -> tuple[Pause, ...]:
    """The pauses that a limit grants after the event at place `since`, in their order.

    A pause begins the day after its cause and lasts through the day on which that ends; while it
    hasn't ended, it is taken to last as long as it may.
    """
    if not grant.pause:
        return ()
    cause = CAUSES[grant.pause]
    found = list(_pauses(events[since:], cause, grant.pause_limit, calendar))
    return tuple(found if grant.pause_times is None else found[: grant.pause_times])


def extended_by(events: Sequence[Happened], grant: Grant, since: int) -> int:
    """How many days were added to a limit after the event at place `since`, in its own unit; never
    more than it allows."""
    given = sum(
        int(one.facts["days"])
        for one in events[since:]
        if one.name == "extended" and one.facts["clock"] == grant.clock
    )
    return min(given, grant.extension or 0)


def _pauses(
    events: Sequence[Happened], cause: _Cause, limit: int | None, calendar: Calendar
) -> Iterator[Pause]:
    begun: date | None = None
    for one in events:
        if one.name == cause.begins and begun is None:
            begun = one.on
        elif one.name == cause.ends and begun is not None:
            yield _pause(begun, one.on, cause, limit, calendar)
            begun = None
    if begun is not None and limit is not None:
        yield _pause(begun, date.max, cause, limit, calendar)


def _pause(begun: date, ended: date, cause: _Cause, limit: int | None, calendar: Calendar) -> Pause:
    last = ended if limit is None else min(ended, due(limit, True, begun, calendar).due_on)
    return Pause(begun + timedelta(days=1), last, cause.why)
