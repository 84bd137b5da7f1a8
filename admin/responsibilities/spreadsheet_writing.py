"""The responsibilities as a spreadsheet: for people with names beside the codes, or exactly as a
campaign's folder keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from admin.responsibilities.columns import ATTRIBUTES, HEADINGS, NAMES
from portal.campaign.book import Book
from portal.campaign.responsibility import Responsibility
from portal.foundation.spreadsheets import csv_file, workbook_of

_WIDTHS = {"补贴": 24, "问题": 28, "地方": 16, "单位": 20, "依据": 44}


def to_xlsx(rows: Iterable[Responsibility], book: Book) -> bytes:
    """A workbook of all rows that were ever to hold."""
    widths = {heading: _WIDTHS.get(heading, 12) for heading in _headings()}
    return workbook_of("谁主管", widths, (_cells(row, book) for row in _kept(rows)))


def to_csv(rows: Iterable[Responsibility]) -> bytes:
    """The file responsibilities.csv of a campaign's folder."""
    lines = [[_plain(getattr(row, one)) for one in ATTRIBUTES.values()] for row in _kept(rows)]
    return csv_file([list(HEADINGS), *lines])


def _kept(rows: Iterable[Responsibility]) -> list[Responsibility]:
    return [row for row in rows if not row.withdrawn]


def _headings() -> list[str]:
    headings = []
    for column, heading in HEADINGS.items():
        headings += [heading, NAMES[column]] if column in NAMES else [heading]
    return headings


def _cells(row: Responsibility, book: Book) -> Iterator[str | date | None]:
    named: dict[str, Any] = {
        "policy": book.policies,
        "problem": book.problem_types,
        "place": book.places,
        "unit": book.units,
    }
    for column in HEADINGS:
        value = getattr(row, ATTRIBUTES[column])
        yield value.official if column in {"kind", "actor"} and value else value
        if column in NAMES:
            one = named[column].get(value)
            yield getattr(one, "plain_text" if column == "problem" else "name", None)


def _plain(value: object) -> str:
    return "" if value is None else str(value)
