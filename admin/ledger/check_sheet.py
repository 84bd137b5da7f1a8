"""A spreadsheet of what a unit found by its own checks (自查自纠, plan 五(二)1): its columns, and
its rows read with everything that is wrong named by row and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from admin.ledger.finding import Finding
from admin.ledger.own_check import OwnCheck, places_to_check
from admin.ledger.rectifying import PlannedMeasure
from admin.ledger.who_rectifies import who_rectifies
from admin.sheets.headed import HeadedSheet, SheetRow
from admin.sheets.names import Names
from admin.sheets.uploaded import BadSheet
from portal.campaign.book import Book

HEADINGS: Mapping[str, str] = {
    "unit": "整改单位",
    "problem_type": "问题类别",
    "policy": "涉及补贴",
    "place": "街道社区",
    "fund_year": "资金年度",
    "what_is_wrong": "问题描述",
    "amount": "涉及金额（元）",
    "persons": "涉及人数",
    "rectify_by": "整改时限",
    "measure": "整改措施",
    "person": "措施责任人",
    "due_on": "措施时限",
}
_DAYS = ("rectify_by", "due_on")
SHEET = HeadedSheet(HEADINGS, days=_DAYS, optional=("measure", "person", "due_on"))
# A form takes as much of one text, and so do its columns.
_MOST_TEXT, _MOST_NAME = 5_000, 80
_MOST_YUAN, _MOST_PEOPLE = Decimal("999999999999.99"), 10_000_000
_SUM = re.compile(r"\d+(\.\d{1,2})?", re.ASCII)


def read_checks(rows: Iterable[SheetRow], book: Book, found_by: str) -> list[OwnCheck]:
    """Every row as what a unit found.

    Raises:
        BadSheet: a sentence for everything that is wrong, with its row and column; then nothing of
            the sheet may be entered.
    """
    itself = who_rectifies(book, found_by)
    allowed = frozenset(places_to_check(book, found_by))
    reading = _Reading(Names.of(book), found_by, itself, allowed)
    checks = [reading.check(row) for row in rows]
    if not checks:
        reading.problems.append("表格里没有一行问题")
    if reading.problems:
        raise BadSheet(reading.problems)
    return checks


@dataclass
class _Reading:
    names: Names
    found_by: str
    # The unit that puts right what was found at `found_by`.
    itself: str
    allowed: frozenset[str]
    problems: list[str] = field(default_factory=list)

    def check(self, row: SheetRow) -> OwnCheck:
        """One row; what is wrong with it is kept in `problems`."""
        unit = self._unit(row)
        finding = Finding(
            unit=unit,
            problem_type=self._code(row, "problem_type", self.names.problems, needed=True) or "",
            what_is_wrong=self._text(row, "what_is_wrong", _MOST_TEXT, needed=True),
            rectify_by=self._day(row, "rectify_by", needed=True) or date.min,
            place=self._code(row, "place", self.names.places),
            policy=self._code(row, "policy", self.names.policies),
            fund_year=self._whole(row, "fund_year", 2000, 2100),
            amount=self._sum(row),
            persons=self._whole(row, "persons", 0, _MOST_PEOPLE),
        )
        return OwnCheck(
            found_by=self.found_by, finding=finding, measures=tuple(self._measures(row, unit))
        )

    def _unit(self, row: SheetRow) -> str:
        """The unit that puts it right: the one that found it, or the one above that does so for it,
        where none is named."""
        unit = self._code(row, "unit", self.names.units) or self.itself
        if unit not in self.allowed:
            self._wrong(row, "unit", "只能是本单位、下级单位，或者本条线的街道、社区")
        return unit

    def _measures(self, row: SheetRow, unit: str) -> Iterable[PlannedMeasure]:
        text = self._text(row, "measure", _MOST_TEXT)
        person = self._text(row, "person", _MOST_NAME)
        due_on = self._day(row, "due_on")
        if text and unit != self.itself:
            self._wrong(row, "measure", "措施由整改的单位自己记，这里请空着")
        if text:
            for column in ("person", "due_on"):
                if not row.cells.get(column, "").strip():
                    self._wrong(row, column, "写了措施，这里也要写")
            yield PlannedMeasure(text=text, person=person, due_on=due_on or date.min)
        elif person or due_on:
            self._wrong(row, "measure", "写了责任人或者时限，没有写措施")

    def _text(self, row: SheetRow, column: str, most: int, *, needed: bool = False) -> str:
        text = row.cells.get(column, "").strip()
        if needed and not text:
            self._wrong(row, column, "没有写")
        elif len(text) > most:
            self._wrong(row, column, f"太长了，最多{most}个字")
        return text

    def _code(
        self, row: SheetRow, column: str, known: Mapping[str, str], *, needed: bool = False
    ) -> str | None:
        text = self._text(row, column, _MOST_TEXT, needed=needed)
        if text and text not in known:
            self._wrong(row, column, f"不认识“{text[:20]}”，写编号或者全名")
        return known.get(text)

    def _day(self, row: SheetRow, column: str, *, needed: bool = False) -> date | None:
        text = self._text(row, column, _MOST_NAME, needed=needed)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._wrong(row, column, "日期要这样写：2022-06-20")
            return None

    def _whole(self, row: SheetRow, column: str, least: int, most: int) -> int | None:
        text = _plain(self._text(row, column, _MOST_NAME)).removesuffix("人").removesuffix("年")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and least <= int(text[:12]) <= most):
            self._wrong(row, column, f"要写{least}到{most}的整数")
            return None
        return int(text)

    def _sum(self, row: SheetRow) -> Decimal | None:
        text = _plain(self._text(row, "amount", _MOST_NAME)).removesuffix("元")
        if not text:
            return None
        if not _SUM.fullmatch(text) or Decimal(text) > _MOST_YUAN:
            self._wrong(row, "amount", "要写数字，单位是元，比如 1200.50")
            return None
        return Decimal(text)

    def _wrong(self, row: SheetRow, column: str, why: str) -> None:
        self.problems.append(f"第{row.line}行“{HEADINGS[column]}”：{why}")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
