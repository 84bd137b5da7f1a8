"""Reading a spreadsheet that somebody uploaded: XLSX or CSV, in memory, within limits, formulas
refused."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from admin.responsibilities.columns import HEADINGS, NAMES
from portal.foundation.spreadsheets import FORMULA_SIGNS, csv_text

MOST_BYTES = 1024 * 1024
MOST_ROWS = 5_000
# A row may claim any number, and each one before it is gone through: so many may be blank.
_MOST_LINES = 20_000
_MOST_COLUMNS = 40
_MOST_UNPACKED = 20 * 1024 * 1024
# What is carried from the preview to the saving has to fit into a form.
_MOST_CHARACTERS = 1_000_000
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_DAYS = ("valid_from", "valid_to")
_COLUMN_OF = {
    **{heading: column for column, heading in HEADINGS.items()},
    **{column: column for column in HEADINGS},
}


class BadSheet(ValueError):
    """The spreadsheet can't be taken; `problems` says why, a sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the sheet, and the text of each column of the campaign's file."""

    line: int
    cells: dict[str, str]


Line = tuple[int, list[str]]


def read_sheet(content: bytes) -> list[SheetRow]:
    """The rows of an uploaded file; which of the two kinds it is, its first bytes tell.

    Raises:
        BadSheet: it is too large, no spreadsheet, holds formulas, or lacks a column.
    """
    return _rows(lines_of(content))


def lines_of(content: bytes, most_bytes: int = MOST_BYTES) -> list[Line]:
    """The lines of an uploaded file, each with its number and its cells as text.

    Raises:
        BadSheet: it is empty, too large, no spreadsheet, or holds formulas.
    """
    if not content:
        raise BadSheet(["请选一个有内容的表格文件"])
    if len(content) > most_bytes:
        raise BadSheet([f"文件太大了，最大{most_bytes // (1024 * 1024)}MB"])
    return _lines_of_xlsx(content) if content.startswith(b"PK") else _lines_of_csv(content)


def as_text(rows: Iterable[SheetRow]) -> str:
    """The rows as CSV, to be carried in a form and read again with `read_text`."""
    return csv_text([list(HEADINGS), *([row.cells[one] for one in HEADINGS] for row in rows)])


def read_text(text: str) -> list[SheetRow]:
    """The rows that `as_text` wrote.

    Raises:
        BadSheet: somebody changed them on the way.
    """
    return _rows(_csv(text))


def _lines_of_csv(content: bytes) -> list[Line]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _csv(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise BadSheet(["这个文件读不出来，请存成 XLSX 或者 CSV 再传"])


def _csv(text: str) -> list[Line]:
    if "\0" in text:
        raise BadSheet(["这个文件不是表格，请存成 XLSX 或者 CSV 再传"])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    problems: list[str] = []
    try:
        for line, cells in enumerate(reader, start=1):
            _within(line, cells)
            problems += [
                _formula(line, place)
                for place, cell in enumerate(cells, start=1)
                if cell.startswith(FORMULA_SIGNS)
            ]
            lines.append((line, [_unquoted(cell.strip()) for cell in cells]))
    except csv.Error:
        raise BadSheet(["这个文件的引号没有成对，或者有一格太长，读不出来"]) from None
    if problems:
        raise BadSheet(problems)
    return lines


def _lines_of_xlsx(content: bytes) -> list[Line]:
    try:
        _refuse_a_bomb(content)
        workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
        lines: list[Line] = []
        problems: list[str] = []
        for line, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS + 1), start=1):
            if line > _MOST_LINES:
                raise BadSheet([f"行数太多了，最多{MOST_ROWS}行；后面的空行请删掉"])
            problems += [_formula(line, p) for p, c in enumerate(cells, 1) if c.data_type == "f"]
            texts = [_unquoted(_text(cell.value)) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                _within(line, texts)
                lines.append((line, texts))
    except BadSheet:
        raise
    except Exception:  # A damaged file fails in many ways, and all of them mean the same.
        raise BadSheet(["这个文件读不出来，请用表格软件另存为 XLSX 再传"]) from None
    if problems:
        raise BadSheet(problems)
    return lines


def _refuse_a_bomb(content: bytes) -> None:
    """A small file may unpack to gigabytes; what it says of itself, Python's unpacking holds it
    to."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
            raise BadSheet(["这个文件展开以后太大了，最大20MB"])


def _within(line: int, cells: list[str]) -> None:
    if line > MOST_ROWS + 1:
        raise BadSheet([f"行数太多了，最多{MOST_ROWS}行"])
    if len(cells) > _MOST_COLUMNS:
        raise BadSheet([f"第{line}行的列太多了"])


def _formula(line: int, place: int) -> str:
    return f"{get_column_letter(place)}{line}是公式，请换成文字"


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()


def _unquoted(cell: str) -> str:
    """The apostrophe that keeps a spreadsheet from running a cell is no part of it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_SIGNS) else cell


def _rows(lines: list[Line]) -> list[SheetRow]:
    filled = [(line, cells) for line, cells in lines if any(cells)]
    if not filled:
        raise BadSheet(["表格是空的"])
    (_, heads), *body = filled
    problems = list(_wrong_heads(heads))
    problems += [f"第{line}行比表头多出几格" for line, c in body if any(c[len(heads) :])]
    if problems:
        raise BadSheet(problems)
    columns = [_COLUMN_OF.get(head) for head in heads]
    rows = [SheetRow(line, _row(columns, cells)) for line, cells in body]
    if sum(len(cell) for row in rows for cell in row.cells.values()) > _MOST_CHARACTERS:
        raise BadSheet(["表格里的字太多了"])
    return rows


def _row(columns: list[str | None], cells: list[str]) -> dict[str, str]:
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    # The last column wins: `NAMES` shares no heading with the columns that are read.
    row = {column: cell for column, cell in zip(columns, padded, strict=False) if column}
    return {column: _iso(row[column]) if column in _DAYS else row[column] for column in HEADINGS}


def _iso(cell: str) -> str:
    """A day as spreadsheets write it, 2022/6/1 or 2022年6月1日, in the campaign's spelling."""
    found = _DAY.fullmatch(cell)
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else cell


def _wrong_heads(heads: list[str]) -> Iterator[str]:
    columns = [_COLUMN_OF.get(head) for head in heads]
    for column, heading in HEADINGS.items():
        if column not in columns:
            yield f"缺少“{heading}”这一列"
        elif columns.count(column) > 1:
            yield f"“{heading}”这一列有两个"
    for head in heads:
        if head not in _COLUMN_OF and head not in NAMES.values():
            yield f"不认识“{head[:20]}”这一列" if head else "有一列没有表头"
