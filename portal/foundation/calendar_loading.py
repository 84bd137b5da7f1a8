"""Filling the calendar: from `chinesecalendar` for the years it knows, then with the days that the
office loads.

Only days that differ from the plain week are kept, those that have a name, and 31 December of the
last known year, which tells how far the calendar reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import chinese_calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.workdays import CalendarDay

FIRST_YEAR = 2018
MADE_UP = "调休上班"

_SOURCE = "国务院办公厅放假安排"
_CHINESE = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday} | {
    "Tomb-sweeping Day": "清明节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
}


def load_known_years(session: Session) -> int:
    """Fill in the years that `chinesecalendar` knows; days that are already there stay. Returns how
    many days were added."""
    there = set(session.scalars(select(CalendarDay.day)))
    added = [one for one in _known_days() if one.day not in there]
    session.add_all(added)
    session.flush()
    return len(added)


def put_days(session: Session, days: Mapping[date, tuple[bool, str]], source: str) -> None:
    """Set days to (worked, name), those that are already there too."""
    for day, (working, name) in sorted(days.items()):
        session.merge(CalendarDay(day=day, working=working, name=name, source=source[:80]))
    session.flush()


def _known_days() -> Iterator[CalendarDay]:
    last_year = max(day.year for day in chinese_calendar.constants.holidays)
    day, last = date(FIRST_YEAR, 1, 1), date(last_year, 12, 31)
    while day <= last:
        off, english = chinese_calendar.get_holiday_detail(day)
        if off == (day.weekday() < 5) or day == last:
            name = "" if english is None else _CHINESE[english] if off else MADE_UP
            yield CalendarDay(day=day, working=not off, name=name, source=_SOURCE)
        day += timedelta(days=1)
