"""A month's figures with the names that people read, for the public page and for whoever reads them
before they are released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.campaign.book import Book
from portal.published.month_sheet import (
    ByUnit,
    Came,
    Hidden,
    Kinds,
    MonthSheet,
    Number,
    Rate,
    Share,
    Timely,
)


@dataclass(frozen=True)
class Cell:
    """A number as it is read; `number` is None where it is hidden."""

    text: str
    number: int | None


@dataclass(frozen=True)
class Counted:
    """A line of counts. `short` is the name in a chart; of a unit that stands for no one of its own
    both are empty."""

    name: str
    short: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True)
class Part:
    """A line of a share: how large it is, of how many, and in how many days half was answered.
    `least` is the length of its bar, in percent; None where it is hidden."""

    name: str
    percent: str
    of: str
    whole: str
    half_within: int | None = None
    least: int | None = None

    @property
    def cell(self) -> Cell:
        """How large it is, for a chart."""
        return Cell(self.percent, self.least)


@dataclass(frozen=True)
class MonthView:
    """One month. `most` is the kind of which most came, accusations aside, `ordinary` all of
    those; `foot` the sums under `columns`. An empty block has nothing to
    show; `left_out`: so has one of the rates, since it was published before and hardly differs."""

    month: date
    total: Cell
    ordinary: Cell
    kinds: tuple[tuple[str, Cell], ...]
    accusations: Cell
    most: tuple[str, int] | None
    columns: tuple[str, ...]
    units: tuple[Counted, ...]
    foot: Counted | None
    timely: tuple[Part, ...]
    every: Part | None
    rates: tuple[tuple[Rate, Part], ...]
    left_out: bool


def view_of(month: date, sheet: MonthSheet, found: Book) -> MonthView:
    """The month as it is read."""
    came, table = sheet.came, sheet.by_unit
    return MonthView(
        month=month,
        total=cell_of(came.total if came else Hidden.HELD_BACK),
        ordinary=cell_of(came.ordinary if came else Hidden.HELD_BACK),
        kinds=tuple((kinds_name(one), cell_of(number)) for one, number in came.kinds)
        if came
        else (),
        accusations=cell_of(came.accusations if came else Hidden.HELD_BACK),
        most=_most(came) if came else None,
        columns=tuple(map(kinds_name, table.columns)) if table and len(table.columns) > 1 else (),
        units=tuple(_units(table, found)) if table else (),
        foot=_foot(table) if table else None,
        timely=tuple(_part(one, found) for one in (sheet.timely or ())[:-1]),
        every=_part(sheet.timely[-1], found) if sheet.timely else None,
        rates=tuple(
            (rate, _share("", one)) for rate, one in sheet.rates.items() if one and one.whole
        ),
        left_out=None in sheet.rates.values(),
    )


def total_of(sheet: MonthSheet | None) -> Cell:
    """What came in a month that is published, all together; nothing is said of one that isn't."""
    return cell_of(sheet.came.total if sheet and sheet.came else Hidden.HELD_BACK)


def cell_of(number: Number) -> Cell:
    """A number, or what stands in its place."""
    if isinstance(number, Hidden):
        return Cell(number.plain, None)
    return Cell(str(number), number)


def kinds_name(kinds: Kinds) -> str:
    """投诉; of several 信访、信息公开申请."""
    return "、".join(kind.official for kind in kinds)


def every_part(sheet: MonthSheet | None) -> Part | None:
    """How the whole district kept its dates in a month."""
    return _share("", sheet.timely[-1].share) if sheet and sheet.timely else None


def _most(came: Came) -> tuple[str, int] | None:
    """The kind of which more came than of any other, or of the rare ones together. Accusations are
    never compared."""
    shown = [(kinds, one) for kinds, one in came.kinds if not isinstance(one, Hidden) and one]
    if not shown:
        return None
    kinds, number = max(shown, key=lambda one: one[1])
    return (kinds_name(kinds), number) if len(kinds) == 1 else None


def _units(table: ByUnit, found: Book) -> Iterable[Counted]:
    several = len(table.columns) > 1
    for line in table.lines:
        unit = found.units.get(line.unit)
        cells = tuple(map(cell_of, line.cells)) if several else ()
        name, short = (unit.name, unit.short_name) if unit else ("", "")
        yield Counted(name, short, cells, cell_of(line.total))


def _foot(table: ByUnit) -> Counted:
    several = len(table.columns) > 1
    cells = tuple(map(cell_of, table.sums)) if several else ()
    return Counted("", "", cells, cell_of(sum(table.sums)))


def _part(one: Timely, found: Book) -> Part:
    unit = found.units.get(one.unit)
    return _share(unit.name if unit else "", one.share, one.half_within)


def _share(name: str, share: Share, half_within: int | None = None) -> Part:
    whole = cell_of(share.whole).text
    of = whole if share.part is None else f"{share.part}/{whole}"
    return Part(name, share.percent, of, whole, half_within, share.least)
