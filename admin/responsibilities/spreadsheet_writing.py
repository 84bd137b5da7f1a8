"""The responsibilities as a spreadsheet: for people with names beside the codes, or exactly as a
campaign's folder keeps them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from admin.responsibilities.columns import ATTRIBUTES, FORMULA_SIGNS, HEADINGS, NAMES
from portal.campaign.book import Book
from portal.campaign.responsibility import Responsibility

_MOMENTS = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
_WIDTHS = {"补贴": 24, "问题": 28, "地方": 16, "单位": 20, "依据": 44}


def to_xlsx(rows: Iterable[Responsibility], book: Book) -> bytes:
    """A workbook of all rows that were ever to hold. Every word in it is text, whatever it begins
    with, so that no spreadsheet runs it."""
    widths = {heading: _WIDTHS.get(heading, 12) for heading in _headings()}
    return workbook_of("谁主管", widths, (_cells(row, book) for row in _kept(rows)))


def workbook_of(
    title: str, widths: Mapping[str, int], lines: Iterable[Iterable[str | date | None]]
) -> bytes:
    """A workbook of one sheet: `widths` are the headings with the width of their columns."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # A new workbook has one.
    sheet.title = title
    _write_line(sheet, 1, widths)
    for line, cells in enumerate(lines, start=2):
        _write_line(sheet, line, cells)
    for place, width in enumerate(widths.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.cell(1, place).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return without_moments(file)


def to_csv(rows: Iterable[Responsibility]) -> bytes:
    """The file responsibilities.csv of a campaign's folder, with a mark that tells spreadsheets its
    encoding."""
    lines = [[_plain(getattr(row, one)) for one in ATTRIBUTES.values()] for row in _kept(rows)]
    return csv_text([list(HEADINGS), *lines]).encode("utf-8-sig")


def csv_text(lines: Iterable[Sequence[str]]) -> str:
    """Lines of cells as CSV; what looks like a formula gets an apostrophe before it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return text.getvalue()


def without_moments(workbook: io.BytesIO) -> bytes:
    """The same workbook without the moments at which its parts were written, so that one table is
    always one file, whoever fetches it and when."""
    packed = io.BytesIO()
    with zipfile.ZipFile(workbook) as written, zipfile.ZipFile(packed, "w") as kept:
        for part in written.infolist():
            content = _MOMENTS.sub(b"", written.read(part))
            kept.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _kept(rows: Iterable[Responsibility]) -> list[Responsibility]:
    return [row for row in rows if not row.withdrawn]


def _headings() -> list[str]:
    headings = []
    for column, heading in HEADINGS.items():
        headings += [heading, NAMES[column]] if column in NAMES else [heading]
    return headings


def _cells(row: Responsibility, book: Book) -> Iterator[str | date | None]:
    named: dict[str, Any] = {
        "policy": book.policies,
        "problem": book.problem_types,
        "place": book.places,
        "unit": book.units,
    }
    for column in HEADINGS:
        value = getattr(row, ATTRIBUTES[column])
        yield value.official if column in {"kind", "actor"} and value else value
        if column in NAMES:
            one = named[column].get(value)
            yield getattr(one, "plain_text" if column == "problem" else "name", None)


def _write_line(sheet: Worksheet, line: int, cells: Iterable[str | date | None]) -> None:
    for place, value in enumerate(cells, start=1):
        # Control characters, which a workbook can't hold, say nothing to anybody.
        plain = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
        cell = sheet.cell(line, place, plain)
        assert isinstance(cell, Cell)  # noqa: S101  # There are no merged cells.
        if isinstance(value, str):
            # As text: "=1+1" stays what it is, and 1.10 doesn't become 1.1.
            cell.data_type, cell.number_format = "s", "@"
            cell.quotePrefix = value.startswith(FORMULA_SIGNS)
        elif value is not None:
            cell.number_format = "yyyy-mm-dd"


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
