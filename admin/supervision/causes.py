"""What a case itself tells for supervising it: long overdue, returned again and again, asked about
again and again (plan 五(二)3, 推诿扯皮). Pure: nothing is read or stored here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from portal.campaign.supervision_rule import SupervisionRule, Trigger

# No due date belongs to what was counted.
NO_DAY = date(9999, 12, 31)
# What a reporter does when he wants somebody to look again.
ASKS_AGAIN = frozenset({"reopened", "review_asked"})


class Calendar(Protocol):
    """What counting needs to know about days."""

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""


@dataclass(frozen=True)
class Cause:
    """One thing that happened: this clock ran out on this Shanghai day, or it happened for the
    so-manieth time. Each further time is a cause of its own; the same one is the same for ever."""

    trigger: Trigger
    clock: str = ""
    due_on: date = NO_DAY
    times: int = 0


def counted(
    rule: SupervisionRule, *, returns: int, events: Collection[str], earlier: int = 0
) -> Iterator[Cause]:
    """The causes that lie in a case's number of returns, in the names of its events, and in how
    many `earlier` cases brought the same matter (重复信访)."""
    happened = {
        Trigger.RETURNED: returns,
        Trigger.REPEATED: earlier + sum(name in ASKS_AGAIN for name in events),
    }
    for trigger, times in happened.items():
        enough = rule.suggest.get(trigger)
        if enough is not None and times >= enough:
            yield Cause(trigger, times=times)


def overdue_since(rule: SupervisionRule, today: date, calendar: Calendar) -> date | None:
    """The last due date (Shanghai) that is overdue today for more working days than the rule
    leaves; None where overdue cases aren't suggested."""
    left = rule.suggest.get(Trigger.OVERDUE)
    if left is None:
        return None
    # Today isn't over: only the days before it were let pass.
    day = today
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working(day)
    return day - timedelta(days=1)
