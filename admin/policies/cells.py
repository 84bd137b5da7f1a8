"""One field of a policy as a cell of a spreadsheet or a form: written out, and read with all that
may be wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from admin.policies.columns import CHECKED
from portal.campaign.book import Book
from portal.campaign.policy import Policy, SourceStatus
from portal.loading.tables import day, longest

_NEEDED = frozenset({"name", "eligibility", "standard", "payment"})
_FLAGS = {"yes": True, "是": True, "no": False, "否": False}
_STATUS = {word: one for one in SourceStatus for word in (one.value, one.official)}
_LONGEST_ALIAS, _MOST_ALIASES = 40, 60
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)


def cell_of(value: Any) -> str:
    """A field as the campaign's file has it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "|".join(value)
        case _:
            return str(value)


def read_cell(name: str, cell: str, book: Book) -> Any:
    """What a cell says for a field.

    Raises:
        ValueError: it can't be taken; in a sentence for whoever wrote it.
    """
    tidy = " ".join(cell.replace("\0", "").split())
    return _READERS.get(name, _text)(name, tidy, book)


def _text(name: str, cell: str, _book: Book) -> str:
    if name in _NEEDED and not cell:
        raise ValueError("不能空着")
    most = longest(Policy, name) or 0
    if len(cell) > most:
        raise ValueError(f"最多{most}个字，现在有{len(cell)}个字")
    return cell


def _unit(_name: str, cell: str, book: Book) -> str:
    if not cell:
        raise ValueError("不能空着")
    if cell not in book.units:
        raise ValueError(f"没有编号为“{cell[:20]}”的单位")
    return cell


def _flag(_name: str, cell: str, _book: Book) -> bool:
    if cell not in _FLAGS:
        raise ValueError(f"要写“是”或者“否”，现在是“{cell[:20]}”")
    return _FLAGS[cell]


def _source_status(_name: str, cell: str, _book: Book) -> SourceStatus:
    if cell not in _STATUS:
        raise ValueError(f"没有“{cell[:20]}”，可以写：{_listed(o.official for o in SourceStatus)}")
    return _STATUS[cell]


def _day(_name: str, cell: str, _book: Book) -> date | None:
    try:
        read = day(cell)
    except ValueError:
        raise ValueError(f"“{cell[:20]}”不是日期，要这样写：2022-06-20") from None
    if read and not _FIRST_DAY <= read <= _LAST_DAY:
        raise ValueError("日子太远了，请看看年份")
    return read


def _aliases(_name: str, cell: str, _book: Book) -> list[str]:
    read = _parts(cell)
    too_long = [one for one in read if len(one) > _LONGEST_ALIAS]
    if too_long:
        raise ValueError(f"“{too_long[0][:20]}…”太长了，一个叫法最多{_LONGEST_ALIAS}个字")
    if len(read) > _MOST_ALIASES:
        raise ValueError(f"叫法太多了，最多{_MOST_ALIASES}个")
    return read


def _needs(_name: str, cell: str, book: Book) -> list[str]:
    known = list(dict.fromkeys(need for one in book.policies.values() for need in one.needs))
    read = _parts(cell)
    for one in read:
        if one not in known:
            raise ValueError(f"没有“{one[:20]}”这一类，可以写：{_listed(known)}")
    return read


def _parts(cell: str) -> list[str]:
    """Several values in one cell: with | between them as in the campaign's file, or with 、 as in
    open data."""
    return [
        part.strip()
        for part in re.split(r"[|｜]" if "|" in cell else "[、｜]", cell)
        if part.strip()
    ]


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)


_READERS: Mapping[str, Callable[[str, str, Book], Any]] = {
    "unit_code": _unit,
    "aliases": _aliases,
    "needs": _needs,
    "discreet": _flag,
    "in_scope": _flag,
    "sample": _flag,
    "source_status": _source_status,
    "ended_on": _day,
    CHECKED: _day,
}
