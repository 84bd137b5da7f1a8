"""A table as a file: JSON for programs, CSV and a workbook for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from portal.foundation.spreadsheets import XLSX, csv_file, workbook_of
from portal.open_data.table import Cell, Table


def as_json(table: Table) -> bytes:
    """An object with the table's name, title, columns and rows; each row is an object by the
    columns' names, days are ISO 8601, what is missing is null."""
    names = [column.name for column in table.columns]
    said = {
        "table": table.name,
        "title": table.title,
        "about": table.about,
        "columns": [
            {"name": one.name, "heading": one.heading, "means": one.means} for one in table.columns
        ],
        "rows": [dict(zip(names, map(_as_value, row), strict=True)) for row in table.rows],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def as_csv(table: Table) -> bytes:
    """UTF-8 with the mark that spreadsheets look for; the columns' names above."""
    lines = [[as_word(cell) for cell in row] for row in table.rows]
    return csv_file([[column.name for column in table.columns], *lines])


def as_xlsx(table: Table) -> bytes:
    """A workbook with the headings that people read."""
    widths = {column.heading: column.width for column in table.columns}
    return workbook_of(table.title, widths, (_as_cells(row) for row in table.rows))


WRITERS: Mapping[str, tuple[str, Callable[[Table], bytes]]] = {
    "json": ("application/json", as_json),
    "csv": ("text/csv", as_csv),
    "xlsx": (XLSX, as_xlsx),
}


def _as_value(cell: Cell) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return list(cell) if isinstance(cell, tuple) else cell


def as_word(cell: Cell) -> str:
    """A cell as people read it."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, tuple):
        return "、".join(cell)
    return "" if cell is None else str(cell)


def _as_cells(row: Iterable[Cell]) -> Iterable[str | date | int | None]:
    for cell in row:
        is_number = isinstance(cell, int) and not isinstance(cell, bool)
        yield cell if is_number or isinstance(cell, date) else (as_word(cell) or None)  # type: ignore[misc]
