"""The spreadsheet of a calendar year: three columns, read from an upload or from the command line.

What is wrong is said twice, since the page speaks Chinese and the command line English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from admin.sheets.uploaded import BadSheet, lines_of
from portal.foundation.calendar_loading import FIRST_YEAR

# A day with whether it is worked and its name.
Days = Mapping[date, tuple[bool, str]]

HEADINGS = {"date": "日期", "working": "是否上班", "name": "名称"}
_FLAGS = {"yes": True, "no": False, "是": True, "否": False, "上班": True, "放假": False}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which row (from 1; none where no row is to blame) and column,
    in Chinese for the page and in English for the command line."""

    line: int | None
    column: str
    chinese: str
    english: str

    @property
    def sentence(self) -> str:
        """The fault with its place, as the page says it."""
        row = f"第{self.line}行" if self.line else ""
        place = row + (f"“{HEADINGS[self.column]}”" if self.column else "")
        return f"{place}：{self.chinese}" if place else self.chinese


class WrongDays(ValueError):
    """The days can't be taken over; `faults` says why, each thing that is wrong."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(one.english for one in self.faults))


def read_days(content: bytes) -> Days:
    """The days of an .xlsx or .csv file with the columns date, working and name, in any order;
    further columns aren't read.

    Raises:
        WrongDays: with everything that is wrong in it.
    """
    try:
        lines = lines_of(content)
    except BadSheet as bad:
        english = "not a readable .xlsx or .csv file of at most 1 MB without formulas"
        raise WrongDays(Fault(None, "", what, english) for what in bad.problems) from None
    filled = [(number, cells) for number, cells in lines if any(cells)]
    places = _places(filled[0][1] if filled else [])
    days: dict[date, tuple[bool, str]] = {}
    faults: list[Fault] = []
    for number, cells in filled[1:]:
        row = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
        wrong = list(_wrong(number, row, days))
        faults += wrong
        if not wrong:
            days[_day(row["date"])] = (_FLAGS[row["working"].lower()], row["name"])
    if not days and not faults:
        faults.append(Fault(None, "", "表头下面一天也没有写", "no day in it"))
    if faults:
        raise WrongDays(faults)
    return days


def _places(heads: list[str]) -> dict[str, int]:
    """At which place of a row each column stands."""
    lowered = [head.lower() for head in heads]
    found: dict[str, int] = {}
    for name, heading in HEADINGS.items():
        at = [place for place, head in enumerate(lowered) if head in {name, heading}]
        if len(at) != 1:
            what = "有两列" if at else "缺少这一列"
            english = "the first row must be: date, working, name"
            raise WrongDays([Fault(1, name, f"{what}，第1行要写：日期、是否上班、名称", english)])
        found[name] = at[0]
    return found


def _day(text: str) -> date:
    """A day as people and spreadsheets write it: 2027-01-01, 2027/1/1, 2027年1月1日.

    Raises:
        ValueError: it is none.
    """
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(text)
    return date(*map(int, found.groups()))


def _wrong(line: int, row: Mapping[str, str], there: Days) -> Iterator[Fault]:
    yield from _wrong_day(line, row["date"], there)
    working, name = row["working"][:20], row["name"]
    if working.lower() not in _FLAGS:
        said = f"“{working}”要改成“是”或者“否”" if working else "没有写，要写“是”或者“否”"
        yield Fault(line, "working", said, f"“{working}” must be yes or no")
    if len(name) > _LONGEST_NAME:
        english = f"the name is longer than {_LONGEST_NAME} characters"
        yield Fault(line, "name", f"太长了，最多{_LONGEST_NAME}个字", english)


def _wrong_day(line: int, text: str, there: Days) -> Iterator[Fault]:
    shown = text[:20]
    try:
        day = _day(text)
    except ValueError:
        said = f"“{shown}”不是日期，要这样写：2027-01-01" if shown else "没有写"
        yield Fault(line, "date", said, f"“{shown}” is not a date like 2027-01-01")
        return
    if day in there:
        yield Fault(line, "date", f"{day}写了两次，留一行", f"{day} stands there twice")
    if day.year < FIRST_YEAR:
        english = f"{day} is before {FIRST_YEAR}"
        yield Fault(line, "date", f"{day}太早，日历从{FIRST_YEAR}年开始", english)
