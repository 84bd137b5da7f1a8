"""What the campaign's data say about monthly returns (月报、零报送, plan 五(二)1): who returns to
whom, for which days, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from portal.campaign.unit import UnitKind


class Calendar(Protocol):
    """Which days are worked."""

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""


@dataclass(frozen=True, order=True)
class Period:
    """One month of returns, in Shanghai's days: it covers `first` to `last`, both included; units
    are reminded from `remind_on`, and `due_on` is the last day on which a return is in time."""

    last: date
    first: date
    remind_on: date
    due_on: date

    @property
    def key(self) -> str:
        """2022-06, as it stands in addresses: the month in which it ends."""
        return f"{self.last:%Y-%m}"

    @property
    def name(self) -> str:
        """2022年6月."""
        return f"{self.last.year}年{self.last.month}月"


@dataclass(frozen=True)
class TooFew:
    """When it is said that a unit found too little (问题偏少): its peers, `peers` of them at least,
    would have found `expected` or more, and so few come by a `chance` of at most this."""

    expected: int
    peers: int
    chance: float


@dataclass(frozen=True)
class ReturnRule:
    """Kinds of units in `to_departments` return to each unit in charge of a policy that is handled
    in the streets, and of a kind in `to_office`; those return to the office. `source` is what the
    due day, and whether a day off `rolls`, rest on; `recipients`: how many a unit has, where
    that is known."""

    day: int
    rolls: bool
    source: str
    first_on: date
    last_on: date
    remind_from: int
    to_departments: frozenset[UnitKind]
    to_office: frozenset[UnitKind]
    not_in_streets: frozenset[str]
    too_few: TooFew | None
    recipients: Mapping[str, int]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> ReturnRule | None:
        """The rule as the campaign's record keeps it; None where the campaign has no returns."""
        if not stored:
            return None
        few = stored["too_few"]
        return cls(
            day=stored["day"],
            rolls=stored["rolls"],
            source=stored["source"],
            first_on=date.fromisoformat(stored["first_on"]),
            last_on=date.fromisoformat(stored["last_on"]),
            remind_from=stored["remind_from"],
            to_departments=frozenset(map(UnitKind, stored["to_departments"])),
            to_office=frozenset(map(UnitKind, stored["to_office"])),
            not_in_streets=frozenset(stored["not_in_streets"]),
            too_few=TooFew(**few) if few else None,
            # A campaign that was loaded before these were asked for has none.
            recipients=stored.get("recipients", {}),
        )

    def periods(self, calendar: Calendar) -> list[Period]:
        """Every period of the campaign, oldest first."""
        found, last = [], self.first_on.replace(day=self.day)
        while last <= self.last_on:
            before = (last.replace(day=1) - timedelta(days=1)).replace(day=self.day)
            found.append(
                Period(
                    last=last,
                    first=before + timedelta(days=1),
                    remind_on=last.replace(day=self.remind_from),
                    due_on=self._due(last, calendar),
                )
            )
            last = (last.replace(day=1) + timedelta(days=32)).replace(day=self.day)
        return found

    def _due(self, day: date, calendar: Calendar) -> date:
        while self.rolls and not calendar.is_working(day):
            day += timedelta(days=1)
        return day
