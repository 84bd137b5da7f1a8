"""Reading an uploaded spreadsheet of orders into lines, and keeping those as text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from admin.orders.columns import COLUMNS, columns_for
from admin.sheets.uploaded import BadSheet, lines_of
from intake.cases.case import Channel

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 2_000
# The words of so many orders, as a district gets them in a month.
_MOST_CHARACTERS = 3_000_000


@dataclass(frozen=True)
class Line:
    """One order of a spreadsheet: its number there, and the text of each column."""

    line: int
    cells: Mapping[str, str]


def read_lines(content: bytes, source: Channel) -> list[Line]:
    """The lines of an XLSX or CSV file below its headings, which may stand in any order.

    Raises:
        BadSheet: it is too large, no spreadsheet, holds formulas, lacks a column, or has none of
            these headings.
    """
    filled = [(n, cells) for n, cells in lines_of(content, MOST_BYTES) if any(cells)]
    if not filled:
        raise BadSheet(["表格是空的"])
    (_, heads), *body = filled
    places = _places(heads, columns_for(source))
    if not body:
        raise BadSheet(["表头下面一行也没有"])
    if len(body) > MOST_ROWS:
        raise BadSheet([f"行数太多了，最多{MOST_ROWS}行，请分成几张表"])
    if sum(len(cell) for _, cells in body for cell in cells) > _MOST_CHARACTERS:
        raise BadSheet(["表格里的字太多了，请分成几张表"])
    return [Line(n, _cells(cells, places)) for n, cells in body]


def as_text(lines: Sequence[Line]) -> str:
    """Lines as they are kept, sealed, until they are registered."""
    kept = [[one.line, {k: v for k, v in one.cells.items() if v}] for one in lines]
    return json.dumps(kept, ensure_ascii=False)


def from_text(text: str) -> list[Line]:
    """Lines that were kept."""
    return [Line(line, cells) for line, cells in json.loads(text)]


def _places(heads: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    """At which place of a line each column stands."""
    problems = []
    found: dict[str, int] = {}
    for name in wanted:
        heading = COLUMNS[name].heading
        at = [place for place, head in enumerate(heads) if head == heading]
        if len(at) > 1:
            problems.append(f"“{heading}”这一列有两个")
        elif at:
            found[name] = at[0]
        elif COLUMNS[name].needed:
            problems.append(f"缺少“{heading}”这一列")
    known = {COLUMNS[name].heading for name in wanted}
    # What isn't read could be what somebody relied on.
    problems += [
        f"不认识“{head[:20]}”这一列，请删掉" for head in heads if head and head not in known
    ]
    if problems:
        raise BadSheet(problems)
    return found


def _cells(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
