"""The plan's calendar (plan 五): what begins or falls due between two days. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol


class Duty(Protocol):
    """One dated duty of the campaign's data."""

    key: str
    title: str
    clause: str
    who: str
    starts_on: date | None
    ends_on: date | None
    monthly_day: int | None
    rolls: bool

    @property
    def task(self) -> str | None:
        """What it is, where a room of the site tells how far it is."""


class Calendar(Protocol):
    """Which days are worked."""

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""


@dataclass(frozen=True)
class Due:
    """A duty on its day. `begins`: the day on which it starts, else the one it is due by."""

    on: date
    duty: Duty
    begins: bool


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


def due_between(duties: Iterable[Duty], first: date, last: date, calendar: Calendar) -> list[Due]:
    """What begins or falls due from `first` to `last`, both included, in the order of the days."""
    found = [due for duty in duties for due in _days_of(duty, first, last, calendar)]
    return sorted(
        (due for due in found if first <= due.on <= last),
        key=lambda due: (due.on, not due.begins, due.duty.title),
    )


def _days_of(duty: Duty, first: date, last: date, calendar: Calendar) -> Iterator[Due]:
    if duty.monthly_day is not None:
        yield from _monthly(duty, duty.monthly_day, first, last, calendar)
        return
    if duty.starts_on is not None and duty.starts_on != duty.ends_on:
        yield Due(duty.starts_on, duty, begins=True)
    if duty.ends_on is not None:
        yield Due(_rolled(duty, duty.ends_on, calendar), duty, begins=False)


def _monthly(
    duty: Duty, monthly_day: int, first: date, last: date, calendar: Calendar
) -> Iterator[Due]:
    month, end = month_of(first)
    while month <= last:
        day = month.replace(day=min(monthly_day, end.day))
        begun = duty.starts_on is None or duty.starts_on <= day
        if begun and (duty.ends_on is None or day <= duty.ends_on):
            yield Due(_rolled(duty, day, calendar), duty, begins=False)
        month, end = month_of(end + timedelta(days=1))


def _rolled(duty: Duty, day: date, calendar: Calendar) -> date:
    """The next working day, where the campaign's data lets a day off roll."""
    while duty.rolls and not calendar.is_working(day):
        day += timedelta(days=1)
    return day
