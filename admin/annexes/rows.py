"""The rows of both annexes for a reader, as his sheet has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.annexes import problem_cells, statistics_cells
from admin.annexes.beside import read_beside, rules_said
from admin.annexes.case_counts import count_cases
from admin.annexes.layout import Layout
from admin.annexes.problem_cells import Row
from admin.annexes.published import published
from admin.annexes.reading import chunks
from admin.annexes.sentences import open_sentences
from admin.annexes.statistics import Line, LineKind, Order, tabulate
from admin.annexes.statistics_cells import Names
from admin.annexes.wanted import Wanted
from admin.sheets.long_sheet import SheetRow
from portal.foundation.staff import Staff

_SUMS = frozenset(LineKind) - {LineKind.TYPE}


@dataclass(frozen=True)
class Reading:
    """Who reads what: `address` gives the public page of a result."""

    by: Hand
    wanted: Wanted
    address: Callable[[str], str]

    @property
    def shows_referrals(self) -> bool:
        """Whether the office's own columns stand in it."""
        return self.wanted.shows_referrals(self.by.access)


def problem_rows(session: Session, reading: Reading, layout: Layout) -> Iterator[SheetRow]:
    """The rows of annex 2, each opened as it is asked for.

    Raises:
        NotAHolder: of a problem none of the reader's units holds the key.
    """
    book, position = reading.by.book, 0
    names = _names(session)
    for chunk in chunks(session, reading.by.access, reading.wanted):
        said = open_sentences(session, chunk, reading.wanted, by=reading.by)
        numbers = [entry.number for entry in chunk.entries]
        rules = rules_said(session, reading.by, numbers)
        where = published(session, numbers, reading.wanted, reading.address)
        for entry in chunk.entries:
            position += 1
            row = Row(
                position,
                entry,
                said[entry.problem_id],
                names.get(entry.struck_off_by or 0, ""),
                where.get(entry.number, ""),
                rules.get(entry.number, ""),
            )
            cells = [problem_cells.cell_of(row, one.key, book) for one in layout.columns]
            yield SheetRow(cells)


def statistics_rows(session: Session, reading: Reading, layout: Layout) -> Iterator[SheetRow]:
    """The rows of annex 1."""
    names = Names(reading.by.book, read_beside(session, reading.by, reading.wanted))
    for line in statistics(session, reading):
        cells = [statistics_cells.cell_of(line, one.key, names) for one in layout.columns]
        yield SheetRow(cells, is_sum=line.kind in _SUMS)


def statistics(session: Session, reading: Reading) -> list[Line]:
    """The lines of annex 1, computed from the rows of annex 2."""
    access, book, wanted = reading.by.access, reading.by.book, reading.wanted
    groups = {code: one.group_name for code, one in book.problem_types.items()}
    return tabulate(
        (entry for chunk in chunks(session, access, wanted) for entry in chunk.entries),
        count_cases(session, access, book, wanted),
        Order(list(book.units), groups),
    )


def _names(session: Session) -> Mapping[int, str]:
    rows = session.execute(select(Staff.id, Staff.display_name))
    return {row[0]: row[1] for row in rows}
