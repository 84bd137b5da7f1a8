"""What a monthly return counts: problems by what became of them, and households that were visited.
Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

ZERO = Decimal("0.00")

# In the order in which a return tells them: the attribute, and its words.
KINDS = {
    "found": "自查发现",
    "rectified": "报整改完成",
    "struck_off": "销号",
    "carried_over": "挂账",
    "unfounded": "查否",
    "in_hand": "期末还在改",
}
_SUMS = ("amount", "recovered", "paid_back")


@dataclass(frozen=True)
class Counts:
    """The numbers of the problems behind each count; their money in yuan, their people. `in_hand`
    is as of the last day counted, everything else happened in the period. Amount and persons are
    those of what was found, recovered and paid back those of what was rectified."""

    found: tuple[str, ...] = ()
    rectified: tuple[str, ...] = ()
    struck_off: tuple[str, ...] = ()
    carried_over: tuple[str, ...] = ()
    unfounded: tuple[str, ...] = ()
    in_hand: tuple[str, ...] = ()
    amount: Decimal = ZERO
    persons: int = 0
    recovered: Decimal = ZERO
    paid_back: Decimal = ZERO

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            **{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)}
        )

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Counts:
        """As they stand in a canonical text."""
        lists: dict[str, Any] = {name: tuple(said[name]) for name in KINDS}
        sums: dict[str, Any] = {name: Decimal(said[name]) for name in _SUMS}
        return cls(**lists, **sums, persons=said["persons"])

    @property
    def said(self) -> dict[str, Any]:
        """As they stand in a canonical text: sums as texts, which no machine rounds."""
        sums = {name: f"{getattr(self, name):.2f}" for name in _SUMS}
        return {**asdict(self), **sums}

    @property
    def lines(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Each count: its attribute, its words, the numbers behind it."""
        return [(name, words, getattr(self, name)) for name, words in KINDS.items()]


@dataclass(frozen=True)
class Households:
    """How far the checks from house to house came (到户到人摸底): due, visited, not reached."""

    due: int = 0
    visited: int = 0
    not_reached: int = 0

    def __add__(self, other: Households) -> Households:
        """Both together."""
        return Households(
            self.due + other.due,
            self.visited + other.visited,
            self.not_reached + other.not_reached,
        )

    @property
    def add_up(self) -> bool:
        """Whether no more were visited or missed than were due."""
        return self.visited + self.not_reached <= self.due
