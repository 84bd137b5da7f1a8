"""What the campaign's data say about summaries (阶段性总结、年度总结, plan 五(三)): which units
give a part of each, of which days, by when, and to whom the whole is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.campaign.campaign import Campaign
from portal.campaign.unit import UnitKind


@dataclass(frozen=True)
class SummaryDays:
    """One summary, called `name`: it hangs on the duty of that key in the calendar, and tells of
    the days from `first` to `last`, both included. Units are reminded from `remind_on` of their
    parts, which are in time until the end of `units_by`. The whole goes to `receivers`, by the
    calendar's day."""

    duty: str
    name: str
    first: date
    last: date
    remind_on: date
    units_by: date
    receivers: tuple[str, ...]


@dataclass(frozen=True)
class SummaryRule:
    """Units of these `kinds` give a part of each summary; `source` is what that rests on."""

    kinds: frozenset[UnitKind]
    source: str
    each: tuple[SummaryDays, ...]

    @classmethod
    def of(cls, campaign: Campaign) -> SummaryRule | None:
        """The rule as the campaign's record keeps it; None where it asks for none."""
        stored = campaign.summaries
        if not stored:
            return None
        return cls(
            kinds=frozenset(map(UnitKind, stored["kinds"])),
            source=stored["source"],
            each=tuple(map(_days, stored["each"])),
        )


def _days(stored: dict[str, Any]) -> SummaryDays:
    names = ("first_on", "last_on", "remind_on", "units_by")
    days = [date.fromisoformat(stored[name]) for name in names]
    first, last, remind_on, units_by = days
    receivers = tuple(stored["receivers"])
    return SummaryDays(stored["duty"], stored["name"], first, last, remind_on, units_by, receivers)
