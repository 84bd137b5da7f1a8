"""The tables and charts of a summary, cut out of its numbers: by unit, and by problem type. Pure.

What points to people stands in neither: referrals aren't counted beside results (decision 41), and
of accusations no unit's line says anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from admin.summaries.number import Number, Row
from portal.campaign.book import Book

_OF_PROBLEMS = (
    "found",
    "struck-off",
    "in-hand",
    "carried-over",
    "unfounded",
    "amount",
    "recovered",
    "paid-back",
)
_OF_UNITS = (*_OF_PROBLEMS, "returns-expected", "returns-came", "returns-late", "returns-nil")


@dataclass(frozen=True)
class Line:
    """One line of a table: the code of a unit or a problem type (empty where it adds up), its name,
    what it is called where there is little room, its numbers in the order of the table's
    columns."""

    code: str
    name: str
    label: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Table:
    """One table. `by` is what its lines are, as the address of a list says it; the last line adds
    the others up. `head` is what stands above its columns."""

    by: str
    title: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def words(self) -> list[list[str]]:
        """Its lines as they are printed."""
        return [[one.name, *(number.shown for number in one.numbers)] for one in self.lines]

    @property
    def bars(self) -> list[tuple[str, int, str]]:
        """A chart of its first column: names, numbers, and how those are written."""
        return bars_of(self.lines)


def bars_of(lines: Sequence[Line]) -> list[tuple[str, int, str]]:
    """A chart of the first column of some lines, without those that have nothing there and without
    what adds up: names, numbers, and how those are written."""
    return [
        (one.label, int(one.numbers[0].value), one.numbers[0].shown)
        for one in lines
        if one.code and one.numbers[0].rows
    ]


def units_table(book: Book, numbers: Mapping[str, Number]) -> Table:
    """By unit, in the campaign's order, which is no order of merit: those that have anything."""
    names = {code: (one.name, one.short_name) for code, one in book.units.items()}
    return _table(
        "unit", "各单位", names, [numbers[key] for key in _OF_UNITS], lambda row: row.unit
    )


def types_table(book: Book, numbers: Mapping[str, Number]) -> Table:
    """By problem type."""
    names = {c: (f"{c} {one.plan_text}", c) for c, one in book.problem_types.items()}
    those = [numbers[key] for key in _OF_PROBLEMS]
    return _table("type", "各类问题", names, those, lambda row: row.problem_type)


def _table(
    by: str,
    title: str,
    names: Mapping[str, tuple[str, str]],
    numbers: Sequence[Number],
    of: Callable[[Row], str],
) -> Table:
    there = {of(row) for number in numbers for row in number.rows}
    lines = [
        Line(code, name, label, tuple(_cut(number, of, code) for number in numbers))
        for code, (name, label) in names.items()
        if code in there
    ]
    whole = Line("", "合计", "合计", tuple(numbers))
    head = (title, *(number.name for number in numbers))
    return Table(by, title, head, (*lines, whole))


def _cut(number: Number, of: Callable[[Row], str], code: str) -> Number:
    return number.where(lambda row: of(row) == code)
