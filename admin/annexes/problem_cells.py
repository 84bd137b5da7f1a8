"""What stands in the cells of annex 2, by column. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from admin.annexes.entry import Entry, Sentences
from admin.ledger.walk import word_of
from admin.sheets.long_sheet import Cell
from portal.campaign.book import Book

_WAN = Decimal(10_000)


@dataclass(frozen=True)
class Row:
    """One problem with all that is said of it; `approver` is who struck it off, `published` when
    and where its result stood, `rules` what answers it."""

    position: int
    entry: Entry
    sentences: Sentences
    approver: str
    published: str
    rules: str


def wan(yuan: Decimal | None) -> Decimal | None:
    """Yuan as 万元, nothing rounded: the sheet shows two decimals and adds up what is exact."""
    return None if yuan is None else yuan / _WAN


def type_name(book: Book, code: str) -> str:
    """A problem type in the plan's words."""
    return f"{code} {book.problem_types[code].plan_text}"


def cell_of(row: Row, key: str, book: Book) -> Cell:
    """The cell of a column; what is left for a pen is empty."""
    return _CELLS[key](row, book) if key in _CELLS else None


def _policy(row: Row, book: Book) -> str:
    code = row.entry.policy
    return book.policies[code].name if code else "不限一项"


def _referred_to(row: Row, book: Book) -> str:
    return book.unit_name(row.entry.referred.body) if row.entry.referred else ""


_CELLS: Mapping[str, Callable[[Row, Book], Cell]] = {
    "position": lambda row, _: row.position,
    "number": lambda row, _: row.entry.number,
    "unit": lambda row, book: book.unit_name(row.entry.unit),
    "place": lambda row, book: book.place_name(row.entry.place) or "全区",
    "source": lambda row, _: row.entry.source.official,
    "problem_type": lambda row, book: type_name(book, row.entry.problem_type),
    "policy": _policy,
    "fund_year": lambda row, _: row.entry.fund_year,
    "what_is_wrong": lambda row, _: row.sentences.what_is_wrong,
    "amount": lambda row, _: wan(row.entry.amount),
    "persons": lambda row, _: row.entry.persons,
    "leader": lambda row, _: row.sentences.leader,
    "person": lambda row, _: row.sentences.person,
    "measures": lambda row, _: row.sentences.measures,
    "rectify_by": lambda row, _: row.entry.rectify_by,
    "progress": lambda row, _: row.sentences.progress,
    "state": lambda row, _: word_of(row.entry.state),
    "recovered": lambda row, _: wan(row.entry.recovered),
    "paid_back": lambda row, _: wan(row.entry.paid_back),
    "is_referred": lambda row, _: "是" if row.entry.referred else "否",
    "referred_to": _referred_to,
    "referred_on": lambda row, _: row.entry.referred.on if row.entry.referred else None,
    "heard": lambda row, _: row.sentences.heard,
    "punished": lambda row, _: row.entry.referred.people if row.entry.referred else None,
    "rules": lambda row, _: row.rules,
    "published": lambda row, _: row.published,
    "struck_off_on": lambda row, _: row.entry.struck_off_on,
    "struck_off_by": lambda row, _: row.approver,
}
