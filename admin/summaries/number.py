"""A number of a summary: it is what its list adds up to, so that each can be traced. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from admin.public_figures.small_numbers import LEAST, is_small

_WAN = Decimal(10_000)


class RowKind(StrEnum):
    """What a line of a list is; the values are kept in frozen lists."""

    PROBLEM = "problem"
    CASE = "case"
    RETURN = "return"
    RULE = "rule"
    CHECK = "check"
    ROUND = "round"
    DECLARED = "declared"


class Measure(StrEnum):
    """What a number is counted in; the values stand behind it."""

    PROBLEMS = "个"
    CASES = "件"
    RETURNS = "份"
    RULES = "项"
    UNITS = "个单位"
    VISITS = "家次"
    PEOPLE = "人"
    YUAN = "万元"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line behind a number: what it is, its number or key, whose, of which problem type, on
    which Shanghai day; how much it is `worth` (one, people, or yuan), and how many `people` stand
    behind it."""

    kind: RowKind
    key: str
    unit: str
    problem_type: str = ""
    on: date | None = None
    worth: Decimal = Decimal(1)
    people: int = 0

    @property
    def kept(self) -> list[Any]:
        """As a frozen list keeps it."""
        on = self.on.isoformat() if self.on else None
        return [self.kind, self.key, self.unit, self.problem_type, on, str(self.worth), self.people]

    @classmethod
    def of(cls, kept: list[Any]) -> Row:
        """Read back."""
        kind, key, unit, problem_type, on, worth, people = kept
        return cls(
            kind=RowKind(kind),
            key=key,
            unit=unit,
            problem_type=problem_type,
            on=date.fromisoformat(on) if on else None,
            worth=Decimal(worth),
            people=people,
        )


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number. `name` is what it is called, on pages and in templates. A `secret` one points to
    people when it is small, and then isn't written."""

    key: str
    name: str
    measure: Measure
    rows: tuple[Row, ...] = field(repr=False)
    secret: bool = False

    @property
    def value(self) -> Decimal:
        """What its list adds up to."""
        return sum((one.worth for one in self.rows), Decimal())

    @property
    def is_hidden(self) -> bool:
        """Whether so few stand behind it that it isn't written."""
        people = sum(one.people for one in self.rows)
        behind = people if self.measure in {Measure.PEOPLE, Measure.YUAN} else len(self.rows)
        return self.secret and is_small(behind)

    @property
    def shown(self) -> str:
        """How it is written: 12个, 3.60万元; 少于5件 where it is hidden."""
        if not self.is_hidden:
            return written(self.value, self.measure)
        return "人少，不写" if self.measure is Measure.YUAN else f"少于{LEAST}{self.measure.value}"

    def where(self, which: Callable[[Row], bool]) -> Number:
        """The same of some of its rows."""
        rows = tuple(filter(which, self.rows))
        return Number(
            key=self.key, name=self.name, measure=self.measure, rows=rows, secret=self.secret
        )


def written(value: Decimal, measure: Measure) -> str:
    """A value as it is printed: yuan as 万元 with two decimals, all else as whole numbers."""
    if measure is Measure.YUAN:
        return f"{value / _WAN:.2f}{measure.value}"
    return f"{int(value)}{measure.value}"


def by_key(numbers: Iterable[Number]) -> Mapping[str, Number]:
    """Numbers by their keys, in their order."""
    return {one.key: one for one in numbers}
