"""For which time a subsidy was paid, in words: 2022年6月, 2022年4月至6月. Pure."""

from __future__ import annotations

from datetime import date, timedelta


def period_words(first: date, last: date) -> str:
    """Two days, both included, as people say them; whole months and years by their names."""
    if first == last:
        return _day(first)
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return f"{_day(first)}至{_day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月"
    if first.year == last.year:
        whole = (first.month, last.month) == (1, 12)
        return f"{first.year}年" if whole else f"{first.year}年{first.month}月至{last.month}月"
    return f"{first.year}年{first.month}月至{last.year}年{last.month}月"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
