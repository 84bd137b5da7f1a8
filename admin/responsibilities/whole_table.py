"""Taking over a spreadsheet: the change after which the table says what the spreadsheet says."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Any

from admin.responsibilities.change import Change, ending, wrong_with
from admin.responsibilities.checks import Wrong, span_words
from admin.responsibilities.columns import ACTORS, ATTRIBUTES, HEADINGS, KINDS, REQUIRED
from admin.responsibilities.table import Table
from admin.sheets.headed import SheetRow
from admin.sheets.uploaded import BadSheet
from portal.campaign.responsibility import Responsibility
from portal.loading.tables import day

_Key = tuple[Any, ...]
# Something wrong, with the line that it is on; what is on none comes last.
_Problem = tuple[float, str]


@dataclass(frozen=True)
class TakenOver:
    """The change, and how many rows stay as they are."""

    change: Change
    unchanged: int


def take_over(table: Table, sheet: Iterable[SheetRow], repeated: Container[str] = ()) -> TakenOver:
    """Match rows by cell, unit and first day, as loading the campaign does. A row that isn't in the
    sheet ends with yesterday; one that is over may be left out. `repeated`: bases that repeat words
    of a case.

    Raises:
        BadSheet: a sentence for each row that is wrong, with its number.
    """
    problems: list[_Problem] = []
    rows = list(_read_all(sheet, problems))
    matching = _Matching.of(table, rows)
    problems += matching.problems
    change = Change(tuple(matching.added), matching.ended)
    wrong = [*matching.wrong, *wrong_with(change, table, repeated)]
    problems += [_sentence(one, matching.lines, table) for one in wrong]
    if problems:
        raise BadSheet(text for _, text in sorted(problems, key=lambda one: one[0]))
    return TakenOver(change, matching.unchanged)


@dataclass
class _Matching:
    """Rows of the sheet held against the rows that are there. `lines` tells where a row of either
    sort stands in the sheet."""

    added: list[Responsibility]
    ended: dict[int, date]
    wrong: list[Wrong]
    problems: list[_Problem]
    lines: dict[int, int]
    unchanged: int = 0

    @classmethod
    def of(cls, table: Table, rows: list[tuple[int, Responsibility]]) -> _Matching:
        found = cls([], {}, [], [], {})
        there = {_key(row): row for row in table.rows if not row.withdrawn}
        seen: dict[_Key, int] = {}
        for line, new in rows:
            key = _key(new)
            if key in seen:
                found.problems.append((line, f"第{line}行和第{seen[key]}行一样"))
                continue
            seen[key] = line
            known = there.pop(key, None)
            found.lines[id(known or new)] = line
            if known is None:
                found.added.append(new)
            else:
                found.compare(known, new)
        for gone in there.values():
            found.end_one_left_out(gone, table.today - timedelta(days=1))
        return found

    def compare(self, known: Responsibility, new: Responsibility) -> None:
        """Note what the sheet says otherwise about a row that is there: only its end may differ."""
        if known.basis != new.basis:
            what = "依据不能改；要改，就停用这一行，换成新的一行"
            self.wrong.append(Wrong(known, "basis", what))
        elif known.valid_to == new.valid_to:
            self.unchanged += 1
        elif new.valid_to is None:
            self.wrong.append(Wrong(known, "valid_to", f"这一行已经定了：{span_words(known)}"))
        else:
            self.ended |= ending(known, new.valid_to)

    def end_one_left_out(self, gone: Responsibility, yesterday: date) -> None:
        """End a row that the sheet no longer has, unless it is over anyway."""
        if gone.valid_to is None or gone.valid_to > yesterday:
            self.ended |= ending(gone, yesterday)
        else:
            self.unchanged += 1


def _key(row: Responsibility) -> _Key:
    return row.cell, row.unit_code, row.valid_from


def _read_all(
    sheet: Iterable[SheetRow], problems: list[_Problem]
) -> Iterator[tuple[int, Responsibility]]:
    for one in sheet:
        values: dict[str, Any] = {}
        wrong = []
        for column, cell in one.cells.items():
            try:
                values[ATTRIBUTES[column]] = _value(column, cell)
            except ValueError as error:
                wrong.append((one.line, f"第{one.line}行，{HEADINGS[column]}：{error}"))
        problems += wrong
        if not wrong:
            yield one.line, Responsibility(**values)


def _value(column: str, cell: str) -> Any:
    if column in REQUIRED and not cell:
        raise ValueError("不能空着")
    match column:
        case "kind":
            return _word(KINDS, cell)
        case "actor":
            return _word(ACTORS, cell)
        case "valid_from" | "valid_to":
            return _day(cell)
        case "basis":
            return cell
        case _:
            return cell or None


def _word(known: dict[str, Any], cell: str) -> Any:
    if cell and cell not in known:
        raise ValueError(f"没有“{cell[:20]}”，可以写：{'、'.join(list(known)[1::2])}")
    return known.get(cell)


def _day(cell: str) -> date | None:
    try:
        return day(cell)
    except ValueError:
        raise ValueError(f"“{cell[:20]}”不是日期，要这样写：2022-06-20") from None


def _sentence(wrong: Wrong, lines: dict[int, int], table: Table) -> _Problem:
    line = lines.get(id(wrong.row))
    if line is not None:
        return line, f"第{line}行，{HEADINGS[wrong.column]}：{wrong.what}"
    row = wrong.row
    name = table.book.unit_name(row.unit_code)
    return inf, f"表里没有的一行（{name}，{span_words(row)}）：{wrong.what}"
