"""Reading an uploaded spreadsheet into lines of text: XLSX or CSV, in memory, within limits,
formulas refused."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from portal.foundation.spreadsheets import FORMULA_SIGNS, GUARDED_SIGNS

MOST_BYTES = 1024 * 1024
MOST_ROWS = 5_000
# A row may claim any number, and each one before it is gone through: so many may be blank.
_MOST_LINES = 20_000
_MOST_COLUMNS = 40
_MOST_UNPACKED = 20 * 1024 * 1024


class BadSheet(ValueError):
    """The spreadsheet can't be taken; `problems` says why, a sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


Line = tuple[int, list[str]]


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


def _lines_of_csv(content: bytes) -> list[Line]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return csv_lines(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise BadSheet(["这个文件读不出来，请存成 XLSX 或者 CSV 再传"])


def csv_lines(text: str) -> list[Line]:
    """The lines of a CSV text.

    Raises:
        BadSheet: it is no CSV, too large, or holds formulas.
    """
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
        for name in parts.namelist():
            _refuse_definitions(parts.read(name))


def _refuse_definitions(part: bytes) -> None:
    """A part may define a word that stands for a million others; no spreadsheet needs any. They
    stand before its first element, so that no more is read of it here."""

    def refuse(*_: object) -> None:
        raise BadSheet(["文件里有自己的定义（DOCTYPE），请用表格软件另存为 XLSX 再传"])

    def enough(*_: object) -> None:
        raise StopIteration

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, enough
    with suppress(StopIteration, expat.ExpatError):
        parser.Parse(part, True)


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
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(GUARDED_SIGNS) else cell
