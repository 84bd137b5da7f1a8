"""What the campaign's data say about special supervision (专项督办, plan 五(二)2): why a case may
be supervised, how long each of that usually takes, and from when on it is suggested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Trigger(StrEnum):
    """Why a case is supervised: the plan's four reasons, and what a case itself tells."""

    SUPERIOR = "superior"
    LEADER = "leader"
    PRESS = "press"
    COMPLEX = "complex"
    OVERDUE = "overdue"
    RETURNED = "returned"
    REPEATED = "repeated"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return _OFFICIAL[self]


_OFFICIAL = {
    Trigger.SUPERIOR: "上级要求",
    Trigger.LEADER: "领导批示",
    Trigger.PRESS: "媒体曝光",
    Trigger.COMPLEX: "情况复杂",
    Trigger.OVERDUE: "超期",
    Trigger.RETURNED: "多次退单",
    Trigger.REPEATED: "重复信访",
}
# What can be counted, and so be suggested without anybody having read the case.
COUNTED = (Trigger.OVERDUE, Trigger.RETURNED, Trigger.REPEATED)


@dataclass(frozen=True)
class SupervisionRule:
    """`days` is how many working days a supervision usually takes, by its trigger. `suggest` is
    what it takes for one to be suggested: overdue for more than so many working days, returned or
    asked about again so many times. What a campaign leaves out has no usual date, or is never
    suggested. `source` is what the days rest on."""

    source: str
    days: Mapping[Trigger, int]
    suggest: Mapping[Trigger, int]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> SupervisionRule:
        """The rule as the campaign's record keeps it."""
        return cls(
            source=stored.get("source", ""),
            days={Trigger(name): days for name, days in stored.get("days", {}).items()},
            suggest={Trigger(name): most for name, most in stored.get("suggest", {}).items()},
        )
