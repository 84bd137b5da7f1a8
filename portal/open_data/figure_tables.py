"""The table of the months' figures (数字公开): a line for each number that the pages show, and for
each that is hidden, so that what is missing is seen to be missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.campaign.book import Book
from portal.foundation import clock
from portal.open_data.table import Cell, Column, Table
from portal.published.month_figures import MonthFigures
from portal.published.month_sheet import ALL, OTHERS, Hidden, Kinds, MonthSheet, Number, Share
from portal.published.month_view import kinds_name

_COLUMNS = (
    Column("month", "月份", "2022-06是2022年6月"),
    Column(
        "measure",
        "数什么",
        "came：收到，举报除外；accusations：收到的举报；came_all：连举报；on_time：按期办结；half_within：一半在几天内答复；"
        "别的是全区的率",
    ),
    Column("measure_text", "数什么（文字）", "", 32),
    Column("unit", "单位编号", "见“单位”表；空着是全区；other：件少的单位合在一起"),
    Column("unit_name", "单位", "", 20),
    Column("kinds", "哪几类", "空着是各类合在一起，举报除外", 24),
    Column("number", "数", "几件，或者几天；空着是不公布"),
    Column("whole", "几件里的", "率才有；空着是不公布，或者不是率"),
    Column(
        "hidden", "没公布的", "few：少于5；held_back：会让别的少于5的数被推算出来；空着是公布了"
    ),
    Column("few", "哪一边少于5", "part：在里面的；rest：不在里面的"),
    Column("release", "第几次公布", "从1数起"),
    Column("released_on", "哪天公布"),
)
_CAME, _TIMELY, _HALF = "收到", "按期办结", "一半在几天内答复"


@dataclass(frozen=True)
class _Line:
    """A line between its month and its release."""

    measure: str
    text: str
    unit: str
    kinds: Kinds
    number: int | None
    whole: int | None = None
    hidden: Hidden | None = None
    few: str | None = None


def figures(session: Session, found: Book) -> Table:
    """Every month that is published now."""
    return figures_of(session.scalars(select(MonthFigures).order_by(MonthFigures.month)), found)


def figures_of(months: Iterable[MonthFigures], found: Book) -> Table:
    """The same of some months; of a withdrawn one there is nothing."""
    rows = [
        tuple(_row(month, line, found))
        for month in months
        for line in (_lines(month.sheet) if month.sheet else ())
    ]
    about = "每个月收到多少、按期办了多少。少于5的数不公布。"
    return Table("figures", "每月的数字", about, _COLUMNS, rows)


def _row(month: MonthFigures, line: _Line, found: Book) -> Iterator[Cell]:
    yield from (f"{month.month:%Y-%m}", line.measure, line.text)
    if line.unit == OTHERS:
        yield from ("other", "件少的单位")
    else:
        named = line.unit != ALL
        yield from (line.unit, found.unit_name(line.unit)) if named else (None, "全区")
    yield kinds_name(line.kinds) or None
    yield from (line.number, line.whole, line.hidden and line.hidden.value, line.few)
    yield from (month.revision, clock.day_of(month.changed_at))


def _lines(sheet: MonthSheet) -> Iterator[_Line]:
    if sheet.came:
        for kinds, number in sheet.came.kinds:
            yield _count("came", _CAME, ALL, kinds, number)
        yield _count("came", _CAME, ALL, (), sheet.came.ordinary)
        yield _count("accusations", "收到的举报", ALL, (), sheet.came.accusations)
        yield _count("came_all", "收到，连举报", ALL, (), sheet.came.total)
    yield from _unit_lines(sheet)
    for one in sheet.timely or ():
        yield _share("on_time", _TIMELY, one.unit, one.share)
        if one.half_within is not None:
            yield _Line("half_within", _HALF, one.unit, (), one.half_within)
    for rate, share in sheet.rates.items():
        if share:
            yield _share(rate.value, rate.plain, ALL, share)


def _unit_lines(sheet: MonthSheet) -> Iterator[_Line]:
    if sheet.by_unit is None:
        return
    several = len(sheet.by_unit.columns) > 1
    for line in sheet.by_unit.lines:
        if several:
            for kinds, number in zip(sheet.by_unit.columns, line.cells, strict=True):
                yield _count("came", _CAME, line.unit, kinds, number)
        yield _count("came", _CAME, line.unit, (), line.total)


def _count(measure: str, text: str, unit: str, kinds: Kinds, number: Number) -> _Line:
    if isinstance(number, Hidden):
        return _Line(measure, text, unit, kinds, None, hidden=number)
    return _Line(measure, text, unit, kinds, number)


def _share(measure: str, text: str, unit: str, share: Share) -> _Line:
    if isinstance(share.whole, Hidden):
        return _Line(measure, text, unit, (), None, hidden=share.whole)
    if share.part is not None:
        return _Line(measure, text, unit, (), share.part, share.whole)
    held = Hidden.FEW if share.few else Hidden.HELD_BACK
    few = share.few.value if share.few else None
    return _Line(measure, text, unit, (), None, share.whole, held, few)
