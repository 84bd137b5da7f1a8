"""Reading text and CSV that people wrote with whatever program they have: UTF-8 with or without a
mark at its head, lines ended either way."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from portal.foundation.refusal import Problem, Refusal


@dataclass(frozen=True)
class CsvRow:
    """The cells of one row, without the blanks around them, and the line on which it begins."""

    line: int
    cells: tuple[str, ...]


def read_utf8(path: Path) -> str:
    """The text of a file, every line ended by one line feed.

    Raises:
        Refusal: the file isn't there, isn't UTF-8, or holds a zero character, which no database
        takes.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refusal([Problem(path.name, None, f"can't be read: {error.strerror}")]) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Refusal([Problem(path.name, line, "not UTF-8; save the file as UTF-8")]) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refusal([Problem(path.name, line, "a zero character")])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_csv(path: Path) -> list[CsvRow]:
    """The rows of a CSV file, empty ones left out.

    Raises:
        Refusal: the file can't be read as UTF-8, or its quotation marks don't close.
    """
    reader = csv.reader(io.StringIO(read_utf8(path), newline=""), strict=True)
    rows: list[CsvRow] = []
    begins = 1
    try:
        for cells in reader:
            rows.append(CsvRow(begins, tuple(cell.strip() for cell in cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Refusal([Problem(path.name, begins, f"not readable as CSV: {error}")]) from error
    return [row for row in rows if any(row.cells)]
