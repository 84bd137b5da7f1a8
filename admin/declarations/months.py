"""The months that declarations are entered for. Pure.

A month ends on the day of the monthly return (月报); what comes after that day belongs to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.campaign.book import Book

_MONTHLY_RETURN = "monthly_return"


def month_of(found: Book, day: date) -> date:
    """The first day of the month in which the period of a Shanghai day ends."""
    closes = next((one.monthly_day for one in found.dates if one.key == _MONTHLY_RETURN), None)
    first = day.replace(day=1)
    return _next(first) if closes is not None and day.day > closes else first


def months_until(found: Book, day: date) -> list[date]:
    """The months of the campaign that have begun by a day, the latest first."""
    begun = _between(month_of(found, found.campaign.starts_on), month_of(found, day))
    last = found.campaign.ends_on.replace(day=1)
    return sorted((one for one in begun if one <= last), reverse=True)


def _between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = _next(first)


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
