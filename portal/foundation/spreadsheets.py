"""Tables as files for a spreadsheet: nothing in them runs, and one table is always one file."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# With one of these at its head, a spreadsheet takes a cell for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@")
# Some skip white space before it, and some take a wide sign for a plain one.
GUARDED_SIGNS = (*FORMULA_SIGNS, "\t", "\r", "\n", "\0", "＝", "＋", "－", "\uff20")

_MOMENTS = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")


def workbook_of(
    title: str, widths: Mapping[str, int], lines: Iterable[Iterable[str | date | int | None]]
) -> bytes:
    """A workbook of one sheet: `widths` are the headings with the width of their columns. Every
    word in it is text, whatever it begins with, so that no spreadsheet runs it."""
    # A public worker that nobody asks for a workbook needn't hold the library.
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # A new workbook has one.
    sheet.title = title
    write_line(sheet, 1, widths)
    for line, cells in enumerate(lines, start=2):
        write_line(sheet, line, cells)
    for place, width in enumerate(widths.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.cell(1, place).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return without_moments(file)


def write_line(sheet: Worksheet, line: int, cells: Iterable[str | date | int | None]) -> None:
    """Write the cells of a line, from its first column on; words are text whatever they say."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

    for place, value in enumerate(cells, start=1):
        # Control characters, which a workbook can't hold, say nothing to anybody.
        plain = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
        cell = sheet.cell(line, place, plain)
        assert isinstance(cell, Cell)  # noqa: S101  # There are no merged cells.
        if isinstance(value, str):
            # As text: "=1+1" stays what it is, and 1.10 doesn't become 1.1.
            cell.data_type, cell.number_format = "s", "@"
            cell.quotePrefix = value.startswith(GUARDED_SIGNS)
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def csv_text(lines: Iterable[Sequence[str]]) -> str:
    """Lines of cells as CSV; what looks like a formula gets an apostrophe before it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return text.getvalue()


def csv_file(lines: Iterable[Sequence[str]]) -> bytes:
    """The same as a file, with a mark that tells spreadsheets its encoding."""
    return csv_text(lines).encode("utf-8-sig")


def without_moments(workbook: io.BytesIO) -> bytes:
    """The same workbook without the moments at which its parts were written, so that one table is
    always one file, whoever fetches it and when."""
    packed = io.BytesIO()
    with zipfile.ZipFile(workbook) as written, zipfile.ZipFile(packed, "w") as kept:
        for part in written.infolist():
            content = _MOMENTS.sub(b"", written.read(part))
            kept.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _harmless(cell: str) -> str:
    # The writer quotes a line break within a cell only where it is its own.
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if plain.startswith(GUARDED_SIGNS) else plain
