"""Filling the calendar: from `chinesecalendar` for the years it knows, then from the office's
spreadsheet.

Only days that differ from the plain week are kept, and 31 December of the last known year, which
tells how far the calendar reaches.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import chinese_calendar
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.foundation.refusal import Problem, Refusal
from portal.foundation.text_files import read_csv
from portal.foundation.workdays import CalendarDay

FIRST_YEAR = 2018
MADE_UP = "调休上班"

_SOURCE = "国务院办公厅放假安排"
_CHINESE = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday} | {
    "Tomb-sweeping Day": "清明节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
}
_HEADER = ({"date", "日期"}, {"working", "是否上班"}, {"name", "名称"})
_FLAGS = {"yes": True, "no": False, "是": True, "否": False}
_MOST_ROWS = 4000


@dataclass(frozen=True)
class _Line:
    """One row of a spreadsheet as it was written."""

    number: int
    day: str
    working: str
    name: str


def load_known_years(session: Session) -> int:
    """Fill in the years that `chinesecalendar` knows; days that are already there stay. Returns how
    many days were added."""
    there = set(session.scalars(select(CalendarDay.day)))
    added = [one for one in _known_days() if one.day not in there]
    session.add_all(added)
    session.flush()
    return len(added)


def load_spreadsheet(session: Session, path: Path) -> int:
    """Take over the days of an .xlsx or .csv file with the columns date, working (yes or no) and
    name. A day that is already known is replaced. Returns how many were added or changed.

    Raises:
        Refusal: something in the file is wrong, or a year before it is missing; nothing changed.
    """
    lines = list(_csv_lines(path) if path.suffix.lower() == ".csv" else _xlsx_lines(path))
    days = _read(path.name, lines)
    known_to = session.scalar(select(func.max(CalendarDay.day)))
    first_new = min(day for day in days)
    if known_to and first_new.year > known_to.year + 1:
        what = f"begins in {first_new.year}, but {known_to.year + 1} isn't known yet"
        raise Refusal([Problem(path.name, None, what)])
    last = date(max(day.year for day in days), 12, 31)
    if (known_to is None or last > known_to) and last not in days:
        days[last] = (last.weekday() < 5, "")
    return sum(_put(session, day, *what, path.name[:80]) for day, what in sorted(days.items()))


def _known_days() -> Iterator[CalendarDay]:
    last_year = max(day.year for day in chinese_calendar.constants.holidays)
    day, last = date(FIRST_YEAR, 1, 1), date(last_year, 12, 31)
    while day <= last:
        off, english = chinese_calendar.get_holiday_detail(day)
        if off == (day.weekday() < 5) or day == last:
            name = "" if english is None else _CHINESE[english] if off else MADE_UP
            yield CalendarDay(day=day, working=not off, name=name, source=_SOURCE)
        day += timedelta(days=1)


def _csv_lines(path: Path) -> Iterator[_Line]:
    for row in read_csv(path):
        day, working, name = (*row.cells, "", "", "")[:3]
        yield _Line(row.line, day, working, name)


def _xlsx_lines(path: Path) -> Iterator[_Line]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Refusal([Problem(path.name, None, "not a readable .xlsx or .csv file")]) from error
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=3, values_only=True)
        for number, cells in enumerate(rows, start=1):
            if any(cell is not None for cell in cells):
                day, working, name = (_as_text(cell) for cell in (*cells, None, None, None)[:3])
                yield _Line(number, day, working, name)
    finally:
        book.close()


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def _read(file: str, lines: list[_Line]) -> dict[date, tuple[bool, str]]:
    """The days of a sheet.

    Raises:
        Refusal: with every line that can't be used.
    """
    if not lines or not _is_header(lines[0]):
        raise Refusal([Problem(file, 1, "the first row must be: date, working, name")])
    days: dict[date, tuple[bool, str]] = {}
    problems: list[Problem] = []
    for line in lines[1:]:
        wrong = _wrong(line)
        if wrong:
            problems.append(Problem(file, line.number, wrong))
            continue
        day = date.fromisoformat(line.day)
        if day in days:
            problems.append(Problem(file, line.number, f"{day} stands there twice"))
        days[day] = (_FLAGS[line.working.lower()], line.name)
    if not days and not problems:
        problems.append(Problem(file, None, "no day in it"))
    if problems:
        raise Refusal(problems)
    return days


def _is_header(line: _Line) -> bool:
    cells = (line.day.lower(), line.working.lower(), line.name.lower())
    return all(cell in words for cell, words in zip(cells, _HEADER, strict=True))


def _wrong(line: _Line) -> str:
    """What is wrong with a line, or an empty string."""
    try:
        date.fromisoformat(line.day)
    except ValueError:
        return f"“{line.day}” is not a date like 2027-01-01"
    if line.working.lower() not in _FLAGS:
        return f"“{line.working}” must be yes or no"
    if len(line.name) > 40:
        return "the name is longer than 40 characters"
    return ""


def _put(session: Session, day: date, working: bool, name: str, source: str) -> bool:
    """Set one day; whether that changed anything."""
    known = session.get(CalendarDay, day)
    if known and (known.working, known.name) == (working, name):
        return False
    session.merge(CalendarDay(day=day, working=working, name=name, source=source))
    session.flush()
    return True
