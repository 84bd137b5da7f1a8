"""A long table as a workbook for A3 paper: its rows are written one after another, so that a
hundred thousand of them take no more memory than ten.

The library makes the workbook with everything but the rows; they are put between. Its own way of
writing long sheets leaves their text in the folder of temporary files, which here lies in memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import IO
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from portal.foundation.spreadsheets import GUARDED_SIGNS, without_moments, write_line

Cell = str | int | Decimal | date | None

_SHEET = "xl/worksheets/sheet1.xml"
_ROWS_END = b"</sheetData>"
_SIZE = re.compile(rb"<dimension [^>]*/>")
# What a cell of the format holds at most.
_MOST_TEXT = 32_767
_CUT = "……（太长，余下的请看台账）"
_FORMATS = {str: "@", int: "0", Decimal: "#,##0.00", date: "yyyy-mm-dd"}
_A3, _HEAD_LINES = 8, 3
# From which the format counts days.
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class Frame:
    """Everything around the rows: the name of the sheet, a title, a line below it, the columns
    with their widths in characters, and lines below the rows."""

    name: str
    title: str
    below_title: str
    columns: Sequence[tuple[str, int]]
    foot: Sequence[str] = ()


@dataclass(frozen=True)
class SheetRow:
    """One row; a sum stands out."""

    cells: Sequence[Cell]
    is_sum: bool = False


@dataclass(frozen=True)
class _Look:
    """By what the style of a cell is chosen."""

    holds: type
    is_sum: bool = False
    begins_like_formula: bool = False
    is_framed: bool = True


def write_long_sheet(file: IO[bytes], frame: Frame, rows: Iterable[SheetRow]) -> None:
    """Write the workbook into a file. Words are text whatever they begin with, so that no
    spreadsheet runs them."""
    workbook, sheet = _bare_workbook(frame)
    styles = _Styles(sheet)
    packed = io.BytesIO()
    workbook.save(packed)
    made = io.BytesIO(without_moments(packed))
    with zipfile.ZipFile(made) as bare, zipfile.ZipFile(file, "w") as whole:
        for name in bare.namelist():
            content = bare.read(name)
            with whole.open(_deflated(name), "w") as part:
                if name != _SHEET:
                    part.write(content)
                    continue
                before, end, after = _SIZE.sub(b"", content).partition(_ROWS_END)
                part.write(before)
                part.writelines(_lines(styles, frame, rows))
                part.write(end + after)


def _deflated(name: str) -> zipfile.ZipInfo:
    """A part of the workbook that says nothing of when it was written."""
    part = zipfile.ZipInfo(name)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _bare_workbook(frame: Frame) -> tuple[Workbook, Worksheet]:
    """The workbook without its rows, ready to be printed."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # A new workbook has one.
    sheet.title = frame.name
    write_line(sheet, 1, [frame.title])
    write_line(sheet, 2, [frame.below_title])
    write_line(sheet, _HEAD_LINES, [heading for heading, _ in frame.columns])
    for place, (_, width) in enumerate(frame.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        head = sheet.cell(_HEAD_LINES, place)
        head.font, head.border = Font(bold=True), _border()
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    last = get_column_letter(len(frame.columns))
    if len(frame.columns) > 1:
        sheet.merge_cells(f"A1:{last}1")
        sheet.merge_cells(f"A2:{last}2")
    sheet["A1"].font = Font(bold=True, size=18)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 32
    _set_up_print(sheet)
    return workbook, sheet


def _set_up_print(sheet: Worksheet) -> None:
    """A3 across, as wide as the paper, the head on each page, pages numbered."""
    sheet.freeze_panes = f"A{_HEAD_LINES + 1}"
    sheet.print_title_rows = f"1:{_HEAD_LINES}"
    sheet.page_setup.paperSize = _A3
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    footer = sheet.oddFooter
    assert footer is not None  # noqa: S101  # A new sheet has one.
    footer.center.text = "第 &P 页，共 &N 页"


def _border() -> Border:
    line = Side(style="thin")
    return Border(left=line, right=line, top=line, bottom=line)


class _Styles:
    """The numbers under which the workbook keeps the styles of its rows."""

    def __init__(self, sheet: Worksheet) -> None:
        looks = [
            _Look(holds, is_sum, begins)
            for holds in _FORMATS
            for is_sum in (False, True)
            for begins in (False, True)
        ]
        self._numbers = {look: self._number(sheet, look) for look in looks}
        below = (_Look(str, begins_like_formula=x, is_framed=False) for x in (False, True))
        self._numbers |= {look: self._number(sheet, look) for look in below}

    def of(self, look: _Look) -> int:
        """The number of a look."""
        return self._numbers[look]

    @staticmethod
    def _number(sheet: Worksheet, look: _Look) -> int:
        cell = WriteOnlyCell(sheet)
        cell.number_format = _FORMATS[look.holds]
        cell.font = Font(bold=look.is_sum)
        if look.is_framed:
            cell.border = _border()
            cell.alignment = Alignment(vertical="top", wrap_text=look.holds is str)
        if look.begins_like_formula:
            cell.quotePrefix = True
        return int(cell.style_id)


def _lines(styles: _Styles, frame: Frame, rows: Iterable[SheetRow]) -> Iterator[bytes]:
    """The rows and the foot as the format writes them."""
    letters = [get_column_letter(place) for place in range(1, len(frame.columns) + 1)]
    line = _HEAD_LINES
    for line, row in enumerate(rows, start=_HEAD_LINES + 1):
        cells = zip(letters, row.cells, strict=True)
        looks = ((at, value, _look(value, is_sum=row.is_sum)) for at, value in cells)
        yield _line(line, (_cell(f"{at}{line}", v, styles.of(look)) for at, v, look in looks))
    for below, text in enumerate(frame.foot, start=line + 2):
        look = _Look(str, begins_like_formula=text.startswith(GUARDED_SIGNS), is_framed=False)
        yield _line(below, [_cell(f"A{below}", text, styles.of(look))])


def _line(line: int, cells: Iterable[str]) -> bytes:
    return "".join(chain((f'<row r="{line}">',), cells, ("</row>",))).encode()


def _look(value: Cell, *, is_sum: bool) -> _Look:
    holds = str if value is None else type(value)
    begins = isinstance(value, str) and value.startswith(GUARDED_SIGNS)
    return _Look(holds, is_sum, begins)


def _cell(at: str, value: Cell, style: int) -> str:
    if value is None or value == "":
        return f'<c r="{at}" s="{style}"/>'
    if isinstance(value, str):
        text = escape(_plain(value))
        return (
            f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        )
    number = (value - _DAY_ZERO).days if isinstance(value, date) else value
    return f'<c r="{at}" s="{style}"><v>{number}</v></c>'


def _plain(text: str) -> str:
    """Without what a cell can't hold."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r", ""))
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - len(_CUT)] + _CUT
