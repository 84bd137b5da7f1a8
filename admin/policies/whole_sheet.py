"""An uploaded policy list: what it would change in the one that stands, or everything that is wrong
with it, each thing with its row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from admin.policies.cells import read_cell
from admin.policies.checks import Wrong, wrong_code, wrong_with
from admin.policies.columns import COLUMNS, HEADINGS, NAMES, UNIT, UNIT_NAME
from admin.policies.proposal import Proposal, proposed
from admin.sheets.headed import SheetRow
from admin.sheets.uploaded import BadSheet
from portal.campaign.book import Book
from portal.foundation import clock


@dataclass(frozen=True)
class SheetRead:
    """What the rows of a sheet say: the fields of each policy, and in which line it stands."""

    wanted: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def left_out(self, book: Book) -> list[str]:
        """The codes of the policies that the sheet doesn't have; they stay as they are."""
        return [code for code in book.policies if code not in self.wanted]

    def unchanged(self, proposal: Proposal) -> int:
        """How many of its policies say what stands already."""
        return sum(code not in proposal.changes for code in self.wanted)


def read_policies(rows: Iterable[SheetRow], book: Book) -> SheetRead:
    """Read every cell of a sheet.

    Raises:
        BadSheet: a sentence for each cell that can't be taken, and for names that would be
            given twice.
    """
    read = SheetRead()
    problems: list[tuple[int, str]] = []
    for row in rows:
        problems += [(row.line, what) for what in _read_row(row, read, book)]
    if not problems:
        problems += _together(read, book)
    if not read.wanted and not problems:
        problems.append((0, "表头下面一行也没有"))
    if problems:
        raise BadSheet(what for _, what in sorted(problems, key=lambda one: one[0]))
    return read


def _read_row(row: SheetRow, read: SheetRead, book: Book) -> Iterator[str]:
    code = row.cells["code"]
    if wrong_code(code):
        yield _at(row.line, "code", wrong_code(code))
        return
    if code in read.lines:
        yield _at(row.line, "code", f"“{code}”和第{read.lines[code]}行一样")
        return
    read.lines[code], read.wanted[code] = row.line, {}
    yield from _lacking(row, code, book)
    for column, name in COLUMNS.items():
        if column in row.cells:
            try:
                read.wanted[code][name] = read_cell(name, row.cells[column], book)
            except ValueError as error:
                yield _at(row.line, column, str(error))
    yield from _wrong_unit_name(row, book)


def _lacking(row: SheetRow, code: str, book: Book) -> Iterator[str]:
    """A new policy has to say everything, since nothing of it stands yet."""
    lacking = [HEADINGS[column] for column in COLUMNS if column not in row.cells]
    if lacking and code not in book.policies:
        yield f"第{row.line}行，“{code}”是新加的，表里还要有这几列：{'、'.join(lacking)}"


def _wrong_unit_name(row: SheetRow, book: Book) -> Iterator[str]:
    """The name beside a unit's code is for the eye; where it names another, one is a mistake."""
    name, code = row.cells.get(UNIT_NAME, ""), row.cells.get(UNIT, "")
    if name and code in book.units and name != book.units[code].name:
        what = f"“{name[:20]}”和主管单位编号“{code}”（{book.units[code].name}）对不上"
        yield _at(row.line, UNIT_NAME, what)


def _together(read: SheetRead, book: Book) -> Iterator[tuple[int, str]]:
    """What is wrong with the policies among themselves and with those that stand."""
    today = clock.today()
    proposal = proposed(read.wanted, book, note="", holds_from=today)
    for one in wrong_with(proposal, book, today):
        yield read.lines[one.code], _sentence(one, read)


def _sentence(wrong: Wrong, read: SheetRead) -> str:
    return f"第{read.lines[wrong.code]}行，{NAMES.get(wrong.field, '从哪天起')}：{wrong.what}"


def _at(line: int, column: str, what: str) -> str:
    return f"第{line}行，{HEADINGS[column]}：{what}"
