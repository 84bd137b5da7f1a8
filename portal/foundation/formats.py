"""How dates, moments and sums are written in Chinese, for people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from portal.foundation.clock import SHANGHAI

_WEEKDAYS = "一二三四五六日"


def day(value: date) -> str:
    """6月6日，星期一."""
    return f"{value.month}月{value.day}日，星期{_WEEKDAYS[value.weekday()]}"


def day_with_year(value: date) -> str:
    """2022年6月6日."""
    return f"{value.year}年{value.month}月{value.day}日"


def month_name(value: date) -> str:
    """2022年6月."""
    return f"{value.year}年{value.month}月"


def month_key(value: date) -> str:
    """2022-06, as it stands in an address."""
    return f"{value:%Y-%m}"


def moment(value: datetime) -> str:
    """2022年6月6日 9:05, Shanghai time."""
    local = value.astimezone(SHANGHAI)
    return f"{day_with_year(local.date())} {local.hour}:{local.minute:02d}"


def moment_field(value: datetime) -> str:
    """2022-06-06T09:05, Shanghai time, as a browser's field takes it."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def moment_day(value: datetime) -> str:
    """The Shanghai day of a moment."""
    return day_with_year(value.astimezone(SHANGHAI).date())


def moment_iso(value: datetime) -> str:
    """2022-06-06, the Shanghai day of a moment, for programs."""
    return value.astimezone(SHANGHAI).date().isoformat()


def yuan(value: Decimal) -> str:
    """1,234.50元."""
    return f"{value:,.2f}元"


def short_yuan(value: Decimal) -> str:
    """300元, 300.50元: with decimals only where there are any."""
    return f"{value:,.0f}元" if value == value.to_integral_value() else yuan(value)


FILTERS = {
    "day": day,
    "day_with_year": day_with_year,
    "month_name": month_name,
    "month_key": month_key,
    "moment": moment,
    "moment_day": moment_day,
    "moment_iso": moment_iso,
    "moment_field": moment_field,
    "yuan": yuan,
    "short_yuan": short_yuan,
}
