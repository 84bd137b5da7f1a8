"""A month's figures as they are published, with what is too small hidden already: the one form in
which the desk freezes them, the public site shows them, and open data gives them away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from portal.campaign.kinds import Kind

# In place of a unit's code: those with too few cases to be named; all of them together.
OTHERS, ALL = "", "*"


class Hidden(StrEnum):
    """What stands in place of a number: it is one to four, or would give such a number away."""

    FEW = "few"
    HELD_BACK = "held_back"

    @property
    def plain(self) -> str:
        """What the public reads."""
        return {Hidden.FEW: "少于5", Hidden.HELD_BACK: "不公布"}[self]


Number = int | Hidden
Kinds = tuple[Kind, ...]


class Few(StrEnum):
    """Which side of a share is one to four: those that are in it, or the rest."""

    PART = "part"
    REST = "rest"


class Rate(StrEnum):
    """The trade's figures (按时签收率 and so on) that are published of the whole district."""

    SIGNING = "signing"
    RESPONSE = "response"
    RETURNING = "returning"
    REOPENING = "reopening"
    VISITING = "visiting"
    SOLVING = "solving"
    SATISFACTION = "satisfaction"

    @property
    def plain(self) -> str:
        """What is counted, in a citizen's words."""
        return _RATES[self][0]

    @property
    def of_what(self) -> str:
        """What it is a share of."""
        return _RATES[self][1]


_RATES = {
    Rate.SIGNING: ("单位按时接收", "接收了的，和到期还没有接收的"),
    Rate.RESPONSE: ("按时告诉收没收下", "这个月告诉了的"),
    Rate.RETURNING: ("单位说不归它管，退回来", "交给单位的"),
    Rate.REOPENING: ("办完以后又重新办", "办完的"),
    Rate.VISITING: ("办完以后回访到", "要回访的"),
    Rate.SOLVING: ("来件人说解决了", "说了解决没有的"),
    Rate.SATISFACTION: ("来件人说满意", "说了满不满意的"),
}


@dataclass(frozen=True)
class Share:
    """So many of so many. Without `part` it is hidden; then `few` may say which side is small."""

    whole: Number
    part: int | None = None
    few: Few | None = None

    @property
    def percent(self) -> str:
        """95%, or what may be said of it."""
        whole = self.whole
        if isinstance(whole, Hidden):
            return whole.plain
        if self.part is not None:
            return f"{100 * self.part / whole:.0f}%" if whole else "–"
        if self.few is Few.REST:
            return f"至少{100 * (whole - 4) // whole}%"
        return f"最多{-(-400 // whole)}%" if self.few is Few.PART else Hidden.HELD_BACK.plain

    @property
    def least(self) -> int | None:
        """How many in a hundred it is, or is at least; None where that may not be said."""
        whole = self.whole
        if isinstance(whole, Hidden) or not whole:
            return None
        if self.part is not None:
            return round(100 * self.part / whole)
        return 100 * (whole - 4) // whole if self.few is Few.REST else None

    def to_json(self) -> dict[str, Any]:
        """The share as it is stored."""
        return {"whole": self.whole, "part": self.part, "few": self.few}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Share:
        """The share that was stored."""
        few = Few(kept["few"]) if kept["few"] else None
        return cls(_number(kept["whole"]), kept["part"], few)


@dataclass(frozen=True)
class Came:
    """What came, by kind: rare kinds may be counted together. `accusations` are tip-offs and
    whatever else accuses somebody, of the whole district."""

    kinds: tuple[tuple[Kinds, Number], ...]
    ordinary: Number
    accusations: Number
    total: Number


@dataclass(frozen=True)
class UnitLine:
    """What a unit has of what came, under the columns of `ByUnit`."""

    unit: str
    cells: tuple[Number, ...]
    total: int


@dataclass(frozen=True)
class ByUnit:
    """What came, but for accusations, by the unit that has it; `sums` of the columns, which are
    never small."""

    columns: tuple[Kinds, ...]
    lines: tuple[UnitLine, ...]
    sums: tuple[int, ...]


@dataclass(frozen=True)
class Timely:
    """How a unit kept its dates: answered by the date, of what was answered or should have been.
    `half_within`: in so many calendar days at least half of it was answered; None where that is too
    few to say or less than half was answered."""

    unit: str
    share: Share
    half_within: int | None


@dataclass(frozen=True)
class MonthSheet:
    """All of it. A block that is None was left out, so that nobody subtracts it from an earlier
    release of the same month."""

    came: Came | None
    by_unit: ByUnit | None
    timely: tuple[Timely, ...] | None
    rates: Mapping[Rate, Share | None] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """What is stored: nothing but words, numbers, lists and objects."""
        return {
            "came": _came_to_json(self.came),
            "by_unit": _units_to_json(self.by_unit),
            "timely": [_timely_to_json(one) for one in self.timely] if self.timely else None,
            "rates": {rate: one.to_json() if one else None for rate, one in self.rates.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> MonthSheet:
        """The sheet that was stored."""
        timely = kept["timely"]
        return cls(
            came=_came_from_json(kept["came"]),
            by_unit=_units_from_json(kept["by_unit"]),
            timely=tuple(_timely_from_json(one) for one in timely) if timely else None,
            rates={
                Rate(name): Share.from_json(one) if one else None
                for name, one in kept["rates"].items()
            },
        )


def _number(kept: int | str) -> Number:
    return kept if isinstance(kept, int) else Hidden(kept)


def _kinds(kept: list[str]) -> Kinds:
    return tuple(Kind(one) for one in kept)


def _came_to_json(came: Came | None) -> dict[str, Any] | None:
    if came is None:
        return None
    return {
        "kinds": [{"kinds": list(kinds), "number": number} for kinds, number in came.kinds],
        "ordinary": came.ordinary,
        "accusations": came.accusations,
        "total": came.total,
    }


def _came_from_json(kept: dict[str, Any] | None) -> Came | None:
    if kept is None:
        return None
    return Came(
        tuple((_kinds(one["kinds"]), _number(one["number"])) for one in kept["kinds"]),
        _number(kept["ordinary"]),
        _number(kept["accusations"]),
        _number(kept["total"]),
    )


def _units_to_json(units: ByUnit | None) -> dict[str, Any] | None:
    if units is None:
        return None
    return {
        "columns": [list(kinds) for kinds in units.columns],
        "lines": [
            {"unit": one.unit, "cells": list(one.cells), "total": one.total} for one in units.lines
        ],
        "sums": list(units.sums),
    }


def _units_from_json(kept: dict[str, Any] | None) -> ByUnit | None:
    if kept is None:
        return None
    return ByUnit(
        tuple(_kinds(one) for one in kept["columns"]),
        tuple(
            UnitLine(one["unit"], tuple(_number(cell) for cell in one["cells"]), one["total"])
            for one in kept["lines"]
        ),
        tuple(kept["sums"]),
    )


def _timely_to_json(one: Timely) -> dict[str, Any]:
    return {"unit": one.unit, "share": one.share.to_json(), "half_within": one.half_within}


def _timely_from_json(kept: dict[str, Any]) -> Timely:
    return Timely(kept["unit"], Share.from_json(kept["share"]), kept["half_within"])
