"""How a CSV table of a campaign is read: its columns, what each cell means, and every cell that
is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.types import String

from portal.foundation.database import Base
from portal.foundation.refusal import Problem, Refusal
from portal.foundation.text_files import CsvRow, read_csv
from portal.loading.bad_campaign import Row

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FLAGS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Column:
    """One column: its heading, the record's attribute, and how a cell is read. `refers_to` names
    the file among whose codes the cell must be; a file may lack a column that is `optional`."""

    name: str
    attribute: str
    read: Callable[[str], Any]
    required: bool = False
    refers_to: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """One file and the record that each of its rows describes. `unique` lists the attributes
    that, taken together, no two rows may share."""

    file: str
    record: type[Base]
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()


def text(cell: str) -> str:
    """Any words."""
    return cell


def code(cell: str) -> str | None:
    """A code, which also stands in addresses; an empty cell is none."""
    if cell and not _CODE.fullmatch(cell):
        raise ValueError(f"“{cell}” is no code: letters, digits, dot and hyphen only")
    return cell or None


def words(cell: str) -> list[str]:
    """A list with | between its parts."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def flag(cell: str) -> bool:
    """yes or no."""
    if cell not in _FLAGS:
        raise ValueError(f"“{cell}” must be yes or no")
    return _FLAGS[cell]


def day(cell: str) -> date | None:
    """A date such as 2022-05-31; an empty cell is none."""
    if not cell:
        return None
    try:
        # The pattern keeps out spellings that Python takes and spreadsheets don't.
        return date.fromisoformat(cell if _DAY.fullmatch(cell) else "")
    except ValueError:
        raise ValueError(f"“{cell}” is not a date like 2022-05-31") from None


def count(cell: str) -> int:
    """A whole number of days, one or more."""
    if not re.fullmatch(r"[0-9]{1,4}", cell) or not int(cell):
        raise ValueError(f"“{cell}” is not a whole number from 1 to 9999")
    return int(cell)


def some(cell: str) -> int | None:
    """A whole number, one or more; an empty cell is none."""
    return count(cell) if cell else None


def people(cell: str) -> int | None:
    """How many people; an empty cell means that nobody knows."""
    if cell and not re.fullmatch(r"[0-9]{1,7}", cell):
        raise ValueError(f"“{cell}” is not a whole number from 0 to 9999999")
    return int(cell) if cell else None


def one_of(choices: type[StrEnum], empty: str = "") -> Callable[[str], StrEnum | None]:
    """One of a few words; `empty` is the cell that stands for none of them in particular."""

    def read(cell: str) -> StrEnum | None:
        if cell == empty:
            return None
        if cell not in {choice.value for choice in choices}:
            raise ValueError(f"“{cell}” is not one of: {', '.join(c.value for c in choices)}")
        return choices(cell)

    return read


def longest(record: type[Base], attribute: str) -> int | None:
    """How many characters the database keeps for an attribute; None where there is no such limit,
    or where the record doesn't keep it."""
    column = inspect(record).columns.get(attribute)
    kept = column.type if column is not None else None
    return kept.length if isinstance(kept, String) else None


def read_table(folder: Path, table: Table, problems: list[Problem]) -> tuple[Row, ...] | None:
    """The rows of a table, with what is wrong added to `problems`; None if the file is unusable
    as a whole."""
    try:
        header, *lines = read_csv(folder / table.file) or [CsvRow(1, ())]
    except Refusal as refusal:
        problems += refusal.problems
        return None
    wrong = list(_wrong_header(table, header))
    if wrong:
        problems += wrong
        return None
    columns = {column.name: column for column in table.columns}
    ordered = [columns[name] for name in header.cells]
    return tuple(_row(table, ordered, line, problems) for line in lines)


def _wrong_header(table: Table, header: CsvRow) -> Iterator[Problem]:
    wanted = {column.name: column for column in table.columns}
    for name, column in wanted.items():
        if name not in header.cells and not column.optional:
            yield Problem(table.file, header.line, f"the column “{name}” is missing")
    for name in sorted(set(header.cells)):
        if name not in wanted:
            yield Problem(table.file, header.line, f"the column “{name}” is unknown")
        elif header.cells.count(name) > 1:
            yield Problem(table.file, header.line, f"the column “{name}” stands there twice")


def _row(table: Table, columns: list[Column], line: CsvRow, problems: list[Problem]) -> Row:
    values: dict[str, Any] = {
        column.attribute: column.read("") if column.optional else None for column in table.columns
    }
    row = Row(table.file, line.line, values)
    if len(line.cells) != len(columns):
        problems.append(row.problem(f"{len(line.cells)} cells; the header has {len(columns)}"))
        return row
    for column, cell in zip(columns, line.cells, strict=True):
        try:
            values[column.attribute] = _cell(table.record, column, cell)
        except ValueError as error:
            problems.append(row.problem(f"{column.name}: {error}"))
    return row


def _cell(record: type[Base], column: Column, cell: str) -> Any:
    if column.required and not cell:
        raise ValueError("must not be empty")
    value = column.read(cell)
    limit = longest(record, column.attribute)
    if limit is not None and isinstance(value, str) and len(value) > limit:
        raise ValueError(f"{len(value)} characters; {limit} are the most")
    return value
