"""Making an annex as a file that nobody else can open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy.orm import Session

from admin.annexes import rows
from admin.annexes.columns import Annex
from admin.annexes.layout import Layout
from admin.annexes.rows import Reading
from admin.annexes.templates import template_of
from admin.sheets.long_sheet import Frame, write_long_sheet
from portal.foundation.formats import day_with_year

_ROWS = {Annex.PROBLEMS: rows.problem_rows, Annex.STATISTICS: rows.statistics_rows}
_NOTES: Mapping[Annex, str] = {
    Annex.PROBLEMS: "完成情况是截止那天的；金额、人数、类别、时限是制表那天台账上的。",
    Annex.STATISTICS: "发现问题数＝已整改＋正在整改＋挂账＋不属实；"
    "整改率＝已整改÷（发现－不属实）。"
    "举报和反映有人违规的来件，只计入全区的总计，不分单位。",
}


def make_annex(session: Session, annex: Annex, reading: Reading, folder: Path) -> IO[bytes]:
    """The annex as the office's template lays it out, in a file of this folder that has no name: it
    is gone when it is closed, or with the process. Made row by row, whatever its length.

    Raises:
        NotAHolder: see `rows`.
    """
    layout = template_of(session, annex).layout.for_reader(
        annex, shows_referrals=reading.shows_referrals
    )
    frame, lines = _frame(annex, reading, layout), _ROWS[annex](session, reading, layout)
    with ExitStack() as until_made:
        file = until_made.enter_context(TemporaryFile(dir=folder))
        write_long_sheet(file, frame, lines)
        until_made.pop_all()
    file.seek(0)
    return file


def _frame(annex: Annex, reading: Reading, layout: Layout) -> Frame:
    return Frame(
        name=annex.official.split()[0],
        title=layout.title,
        below_title="　　".join(_about(reading)),
        columns=[(one.heading, one.width) for one in layout.columns],
        foot=[*layout.foot.splitlines(), f"说明：{_NOTES[annex]}"],
    )


def _about(reading: Reading) -> Iterator[str]:
    """Of which time and of whom it is, in what its sums are."""
    book, wanted = reading.by.book, reading.wanted
    yield f"发现时间：{day_with_year(wanted.first)}至{day_with_year(wanted.last)}"
    if wanted.unit:
        yield f"责任单位：{book.unit_name(wanted.unit)}"
    if wanted.line:
        yield f"主管部门：{book.unit_name(wanted.line)}"
    if wanted.is_whole:
        yield "范围：全区" if reading.by.access.as_office else "范围：本单位看得到的问题"
    yield "金额单位：万元"
