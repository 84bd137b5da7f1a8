"""Any bytes that somebody uploads as a spreadsheet are read or refused in Chinese."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin.sheets.uploaded import BadSheet, lines_of
from portal.foundation.spreadsheets import csv_file, workbook_of

ROWS = [["MZ", "'=1+1", "2022-06-06"], ["RS", "－", ""]]
WORKBOOK = workbook_of("表", {"单位": 10, "话": 20, "日期": 12}, ROWS)
CSV = csv_file(ROWS)


def read(content: bytes) -> list[str]:
    """What is said against it; nothing where it is taken."""
    try:
        lines = lines_of(content)
    except BadSheet as bad:
        said = bad.problems
    else:
        assert all(isinstance(cell, str) for _, cells in lines for cell in cells)
        return []
    assert said
    assert all(re.search(r"[\u4e00-\u9fff]", problem) for problem in said)
    return said


def with_cells(change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its cells changed as they are written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)
    return packed.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=100).map(b"PK\x03\x04".__add__)))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read(content)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([WORKBOOK, CSV]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_a_damaged_sheet_is_read_or_refused(content: bytes, damage: list[tuple[int, int]]) -> None:
    spoilt = bytearray(content)
    for at, byte in damage:
        spoilt[at % len(spoilt)] = byte
    read(bytes(spoilt))
    read(bytes(spoilt[: damage[0][0] % len(spoilt)]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("entity", ['"many words"', 'SYSTEM "file:///etc/hostname"'])
def test_definitions_of_ones_own_are_refused(encoding: str, entity: str) -> None:
    """Of them a small file makes a large one, or one that fetches another."""
    defined = f"<!DOCTYPE w [<!ENTITY x {entity}>]><worksheet"

    def defining(sheet: bytes) -> bytes:
        text = sheet.decode().replace("<worksheet", defined).replace(">RS<", ">&x;<")
        assert "&x;" in text
        return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)

    [said] = read(with_cells(defining))
    assert "DOCTYPE" in said


def test_a_cell_that_is_changed_without_them_is_read() -> None:
    assert "YB" in str(lines_of(with_cells(lambda sheet: sheet.replace(b">RS<", b">YB<"))))


@pytest.mark.parametrize("content", [b"", b"\0" * 9, b"\xff\xfe\xfd", b'"', b"=1"])
def test_what_is_refused_says_why(content: bytes) -> None:
    assert read(content)
