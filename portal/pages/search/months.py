"""The published figures (数字公开), month by month; a month that was withdrawn isn't found."""

from __future__ import annotations

from datetime import date

from portal.foundation.formats import month_key, month_name
from portal.pages.search.finding import Finding, Group, shown
from portal.pages.search.kept_records import KeptRecord, kept_months
from portal.pages.search.sought import Sought
from portal.published.month_sheet import MonthSheet
from portal.published.month_view import total_of

_WHAT = "数字公开，统计，月份，每个月收到多少件，按时答复了多少"


def months(sought: Sought) -> Group:
    """What fits by its month or by what figures are called, the newest first."""
    fitting = [
        one
        for one in kept_months(sought)
        if sought.fits([], [_title(one), month_key(_month(one)), _WHAT])
    ]
    return Group(
        "months",
        "数字公开",
        "个月",
        shown(fitting, lambda one: _finding(one, sought)),
        len(fitting),
        (sought.links.figures(), "数字公开"),
    )


def _month(one: KeptRecord) -> date:
    return date.fromisoformat(one.key)


def _title(one: KeptRecord) -> str:
    return f"{month_name(_month(one))}的数字"


def _finding(one: KeptRecord, sought: Sought) -> Finding:
    total = total_of(MonthSheet.from_json(one.kept))
    return Finding(
        _title(one),
        sought.links.figures(month_key(_month(one))),
        line="收到多少不公布" if total.number is None else f"收到{total.text}件",
    )
