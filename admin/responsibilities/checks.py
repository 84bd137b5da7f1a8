"""What a change to the responsibilities must keep, each broken rule in words for its writer.

The campaign's loader holds the same rules over files; its words name files and lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from admin.publishing.inside import says_too_much
from portal.campaign.book import Book
from portal.campaign.responsibility import Responsibility
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.formats import day_with_year
from portal.loading.tables import longest

MOST_BASIS = longest(Responsibility, "basis") or 400
_LAST_DAY = date(2100, 1, 1)
# One sentence for whatever was found: it tells nobody which case there is.
_NOT_FOR_THE_PUBLIC = "依据马上公开，里面有不能公开的内容（姓名、号码、住址或者来件的原话），请改"


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with one row. `column` is the column's name in the campaign's
    file."""

    row: Responsibility
    column: str
    what: str


def may_be_in_charge(unit: Unit) -> bool:
    """Whether cases may go to a unit: its officers work here, or it stands above everybody."""
    return unit.desk or unit.kind is UnitKind.SUPERIOR


def wrong_row(
    row: Responsibility, book: Book, today: date, repeated: Container[str] = ()
) -> Iterator[Wrong]:
    """What is wrong with a new row by itself. `repeated`: bases that repeat words of a case."""
    known = {
        "policy": (row.policy_code, book.policies, "补贴"),
        "problem": (row.problem_code, book.problem_types, "问题类别"),
        "place": (row.place_code, book.places, "地方"),
    }
    for column, (code, codes, noun) in known.items():
        if code is not None and code not in codes:
            yield Wrong(row, column, f"没有编号为“{code}”的{noun}")
    yield from _wrong_unit(row, book)
    if not row.basis:
        yield Wrong(row, "basis", "请写依据")
    elif len(row.basis) > MOST_BASIS:
        yield Wrong(row, "basis", f"依据最多{MOST_BASIS}个字，现在有{len(row.basis)}个字")
    elif row.basis in repeated or says_too_much(row.basis, book):
        yield Wrong(row, "basis", _NOT_FOR_THE_PUBLIC)
    yield from _wrong_span(row, today)


def wrong_end(row: Responsibility, last_day: date, today: date) -> Iterator[Wrong]:
    """What is wrong with ending a row on a day: an end is set once, and never back in time."""
    yesterday = today - timedelta(days=1)
    if row.ended_by is not None or (row.valid_to or date.max) < today:
        yield Wrong(row, "valid_to", f"这一行已经定了：{span_words(row)}，不能再改")
    elif last_day < yesterday:
        yield Wrong(row, "valid_to", f"以前的日子不能改，最早到昨天（{day_with_year(yesterday)}）")
    elif row.valid_to is not None and last_day > row.valid_to:
        yield Wrong(row, "valid_to", f"这一行本来就只到{day_with_year(row.valid_to)}")


def wrong_places(
    added: Iterable[Responsibility],
    rows: Iterable[Responsibility],
    ended: Mapping[int, date],
    book: Book,
) -> Iterator[Wrong]:
    """New rows whose cell is held by another row on a day on which they would hold too."""
    holders: dict[tuple[str | None, ...], list[tuple[Responsibility, date | None]]]
    holders = defaultdict(list)
    for row in rows:
        holders[row.cell].append((row, ended.get(row.id, row.valid_to)))
    for new in added:
        for row, last in holders[new.cell]:
            if (last is None or row.valid_from <= last) and new.meets(row.valid_from, last):
                held = f"{book.unit_name(row.unit_code)}，{_span(row.valid_from, last)}"
                yield Wrong(new, "valid_from", f"同一格那时候已经有一行：{held}")
        holders[new.cell].append((new, new.valid_to))


def span_words(row: Responsibility) -> str:
    """When a row holds: “2022年5月31日起”, “2022年5月31日到6月30日”."""
    return "撤回了，没有用" if row.withdrawn else _span(row.valid_from, row.valid_to)


def _wrong_unit(row: Responsibility, book: Book) -> Iterator[Wrong]:
    if not row.unit_code:
        yield Wrong(row, "unit", "请选单位")
    elif row.unit_code not in book.units:
        yield Wrong(row, "unit", f"没有编号为“{row.unit_code}”的单位")
    elif not may_be_in_charge(book.units[row.unit_code]):
        name = book.unit_name(row.unit_code)
        yield Wrong(row, "unit", f"{name}没有人在这里办公，件交给它就没有人办")


def _wrong_span(row: Responsibility, today: date) -> Iterator[Wrong]:
    if row.valid_from < today:
        yield Wrong(row, "valid_from", f"以前的日子不能改，最早从今天起（{day_with_year(today)}）")
    elif row.valid_from > _LAST_DAY:
        yield Wrong(row, "valid_from", "日子太远了，请看看年份")
    elif row.withdrawn:
        yield Wrong(row, "valid_to", "到哪天止，不能早过从哪天起")


def _span(first: date, last: date | None) -> str:
    begin = day_with_year(first)
    return f"{begin}到{day_with_year(last)}" if last else f"{begin}起"
