"""An annex as somebody downloads it, read back."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from tests.admin.house import House

_HEAD_LINES = 3
JUNE = "first=2022-06-01&last=2022-06-06"


@dataclass(frozen=True)
class Sheet:
    """One sheet with its head and the cells of its rows by what stands above them."""

    sheet: Worksheet
    head: list[str]
    cells: list[dict[str, Cell | MergedCell]]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What the cells hold."""
        return [{name: cell.value for name, cell in row.items()} for row in self.cells]

    def row(self, **named: str) -> dict[str, Any]:
        """The one row with these cells."""
        found = [row for row in self.rows if named.items() <= row.items()]
        assert len(found) == 1, (named, found)
        return found[0]


def sheet(house: House, name: str, annex: str, asked: str = JUNE) -> Sheet:
    """An annex as this person gets it."""
    answer = house.browser(name).get(f"/staff/annexes/{annex}.xlsx?{asked}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    read = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    head = [str(cell.value) for cell in read[_HEAD_LINES]]
    cells = [
        dict(zip(head, row, strict=True))
        for row in read.iter_rows(min_row=_HEAD_LINES + 1)
        # Below an empty line comes the foot.
        if row[1].value is not None
    ]
    return Sheet(read, head, cells)
