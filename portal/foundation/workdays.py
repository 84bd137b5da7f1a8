"""Working days of the Chinese calendar, 调休 included.

The calendar is a table of days, filled from `chinesecalendar` for the years it knows and from a
spreadsheet that the office uploads after. Past the last known day a date is only 暂定.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation.database import Base

_WEEKDAYS = "一二三四五六日"


class CalendarDay(Base):
    """One day that differs from the plain week, or bounds a year that is known."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(80))


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. `exceptions` maps a day to (worked, name); `known_to` is the last
    known day."""

    exceptions: Mapping[date, tuple[bool, str]] = field(default_factory=dict)
    known_to: date = date(2026, 12, 31)

    @classmethod
    def read(cls, session: Session) -> WorkCalendar:
        """The calendar as it is stored now."""
        days = list(session.scalars(select(CalendarDay)))
        if not days:
            return cls()
        return cls({d.day: (d.working, d.name) for d in days}, max(d.day for d in days))

    def is_working(self, day: date) -> bool:
        """Whether the day is worked; an unknown one is judged by its weekday."""
        exception = self.exceptions.get(day)
        return exception[0] if exception else day.weekday() < 5

    def why_off(self, day: date) -> str:
        """Why a day isn't worked, in words for a citizen: the holiday's name, or the weekday."""
        exception = self.exceptions.get(day)
        if exception and exception[1]:
            return exception[1]
        return "星期" + _WEEKDAYS[day.weekday()]

    def is_known(self, day: date) -> bool:
        """Whether the State Council's arrangement for the day is loaded."""
        return day <= self.known_to

    def days_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; day 0 is not counted."""
        while count:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day
