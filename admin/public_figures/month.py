"""The months that are published: whole, ended ones of Shanghai's calendar. Pure.

Every case counts in one of them, so that nobody subtracts one release from another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta


def first_day(day: date) -> date:
    """The first day of a day's month, which the month goes by."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return first_day(month + timedelta(days=31))


def last_day(month: date) -> date:
    """The last day of a month."""
    return next_month(month) - timedelta(days=1)


def ended_months(first: date, today: date) -> Iterator[date]:
    """The months from the one of `first` that were over before `today`, newest first."""
    month = first_day(first_day(today) - timedelta(days=1))
    while month >= first_day(first):
        yield month
        month = first_day(month - timedelta(days=1))


def month_of(text: str) -> date | None:
    """The month of an address, such as 2022-06."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2022-06") else None
    except ValueError:
        return None
