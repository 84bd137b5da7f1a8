"""Spreadsheets whose first line says what stands below: read by their headings, in any order, and
carried from a preview to the saving as text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from admin.sheets.uploaded import BadSheet, Line, csv_lines, lines_of
from portal.foundation.spreadsheets import csv_text

# What is carried from the preview to the saving has to fit into a form.
_MOST_CHARACTERS = 1_000_000
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the sheet, and the text of each column that the sheet has."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class HeadedSheet:
    """How a sheet is headed. `headings` has, under each column's name in the campaign's file, what
    people read above it: either is taken. `names` stand beside codes for the eye, and what isn't a
    column is refused. A sheet may lack a column that is `optional`."""

    headings: Mapping[str, str]
    names: Collection[str] = ()
    days: Collection[str] = ()
    optional: Collection[str] = ()

    def read(self, content: bytes) -> list[SheetRow]:
        """The rows of an uploaded file.

        Raises:
            BadSheet: it is too large, no spreadsheet, holds formulas, or lacks a column.
        """
        return self._rows(lines_of(content))

    def as_text(self, rows: Iterable[SheetRow]) -> str:
        """The rows as CSV, to be carried in a form and read again with `read_text`. The first cell
        of a line is its number in the sheet."""
        kept = list(rows)
        columns = [one for one in self.headings if not kept or one in kept[0].cells]
        lines = [["", *columns]]
        lines += [[str(row.line), *(row.cells[one] for one in columns)] for row in kept]
        return csv_text(lines)

    def read_text(self, text: str) -> list[SheetRow]:
        """The rows that `as_text` wrote.

        Raises:
            BadSheet: somebody changed them on the way.
        """
        carried = csv_lines(text)
        rows = self._rows([(line, cells[1:]) for line, cells in carried])
        numbers = {line: cells[0] for line, cells in carried if cells}
        return [SheetRow(_number(numbers[row.line], row.line), row.cells) for row in rows]

    def _rows(self, lines: list[Line]) -> list[SheetRow]:
        filled = [(line, cells) for line, cells in lines if any(cells)]
        if not filled:
            raise BadSheet(["表格是空的"])
        (_, heads), *body = filled
        columns = [self._column(head) for head in heads]
        problems = list(self._wrong_heads(heads, columns))
        problems += [f"第{line}行比表头多出几格" for line, c in body if any(c[len(heads) :])]
        if problems:
            raise BadSheet(problems)
        rows = [SheetRow(line, self._row(columns, cells)) for line, cells in body]
        if sum(len(cell) for row in rows for cell in row.cells.values()) > _MOST_CHARACTERS:
            raise BadSheet(["表格里的字太多了"])
        return rows

    def _column(self, head: str) -> str | None:
        if head in self.headings:
            return head
        return next((name for name, heading in self.headings.items() if heading == head), None)

    def _row(self, columns: list[str | None], cells: list[str]) -> dict[str, str]:
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        row = {column: cell for column, cell in zip(columns, padded, strict=False) if column}
        return {
            column: _iso(row[column]) if column in self.days else row[column]
            for column in self.headings
            if column in row
        }

    def _wrong_heads(self, heads: list[str], columns: list[str | None]) -> Iterator[str]:
        for column, heading in self.headings.items():
            if column not in columns and column not in self.optional:
                yield f"缺少“{heading}”这一列"
            elif columns.count(column) > 1:
                yield f"“{heading}”这一列有两个"
        for head, known in zip(heads, columns, strict=True):
            if known is None and head not in self.names:
                yield f"不认识“{head[:20]}”这一列" if head else "有一列没有表头"


def _iso(cell: str) -> str:
    """A day as spreadsheets write it, 2022/6/1 or 2022年6月1日, in the campaign's spelling."""
    found = _DAY.fullmatch(cell)
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else cell


def _number(cell: str, otherwise: int) -> int:
    return int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 8 else otherwise
