"""What a spreadsheet would run comes out as text."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from portal.foundation.spreadsheets import csv_file, workbook_of

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]


@pytest.mark.parametrize("typed", DANGEROUS)
def test_a_cell_that_begins_like_a_formula_is_guarded(typed: str) -> None:
    made = csv_file([["plain", typed, 'with "quotes", commas\nand lines']])
    [cells] = csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    assert cells == ["plain", f"'{typed}".replace("\r", "\n"), 'with "quotes", commas\nand lines']

    sheet = load_workbook(io.BytesIO(workbook_of("表", {"列": 10}, [[typed]]))).active
    assert sheet is not None
    cell = sheet["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
