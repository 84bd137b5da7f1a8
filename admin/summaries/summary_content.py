"""What a summary says when it is frozen, in one canonical text. Pure.

It describes itself: names and headings stand in it as they were, so that it reads the same when the
product or the campaign's data say something else by then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from admin.returns.content import canonical
from admin.summaries.number import Measure, Number
from admin.summaries.tables import Table


@dataclass(frozen=True, kw_only=True)
class FrozenNumber:
    """A number as it was written."""

    key: str
    name: str
    shown: str


@dataclass(frozen=True, kw_only=True)
class FrozenTable:
    """A table as it was printed, the last row being its sum, with its chart: names, numbers, and
    how those are written."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[tuple[str, int, str], ...]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> FrozenTable:
        """As it stands in a canonical text."""
        return cls(
            title=said["title"],
            head=tuple(said["head"]),
            rows=tuple(map(tuple, said["rows"])),
            bars=tuple((label, number, text) for label, number, text in said["bars"]),
        )

    @classmethod
    def frozen(cls, table: Table) -> FrozenTable:
        """A table as it is now."""
        return cls(
            title=table.title,
            head=table.head,
            rows=tuple(map(tuple, table.words)),
            bars=tuple(table.bars),
        )


@dataclass(frozen=True, kw_only=True)
class PartUsed:
    """A unit's part that was there: which version, its SHA-256."""

    unit: str
    version: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class SummaryContent:
    """Everything that is frozen. `counted_on` is the Shanghai day whose end the numbers tell of,
    `taken_at` the moment in UTC; `shares` are shares with their parts, by name;
    `words` and `behind` are the SHA-256 of what is sealed beside."""

    campaign: str
    duty: str
    title: str
    revision: int
    first: str
    last: str
    counted_on: str
    taken_at: str
    numbers: tuple[FrozenNumber, ...]
    units: FrozenTable
    types: FrozenTable
    shares: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    parts: tuple[PartUsed, ...]
    missing: tuple[str, ...]
    words: str
    behind: str
    frozen_by: int

    @property
    def text(self) -> str:
        """The canonical text."""
        return canonical(asdict(self))

    @classmethod
    def of(cls, text: str) -> SummaryContent:
        """Read back from its canonical text."""
        said = json.loads(text)
        return cls(
            **{
                **said,
                "numbers": tuple(FrozenNumber(**one) for one in said["numbers"]),
                "units": FrozenTable.of(said["units"]),
                "types": FrozenTable.of(said["types"]),
                "shares": tuple((name, words) for name, words in said["shares"]),
                "rules": tuple(said["rules"]),
                "parts": tuple(PartUsed(**one) for one in said["parts"]),
                "missing": tuple(said["missing"]),
            }
        )

    @property
    def counted_day(self) -> date:
        """The Shanghai day whose end the numbers tell of."""
        return date.fromisoformat(self.counted_on)


@dataclass(frozen=True)
class Difference:
    """A number that would be written otherwise now."""

    name: str
    then: str
    now: str


def differences(content: SummaryContent, now: Mapping[str, Number]) -> list[Difference]:
    """What differs since the numbers were taken.

    Numbers of cases are left out: a case that comes to accuse somebody is counted no more, and the
    difference would tell him.
    """
    return [
        Difference(one.name, one.shown, now[one.key].shown)
        for one in content.numbers
        if one.key in now
        and now[one.key].measure is not Measure.CASES
        and now[one.key].shown != one.shown
    ]
