"""The published figures (数字公开), month by month; a month that was withdrawn isn't found."""

from __future__ import annotations

from sqlalchemy import select

from portal.foundation.formats import month_key, month_name
from portal.pages.search.finding import Finding, Group, shown
from portal.pages.search.sought import Sought
from portal.published.month_figures import MonthFigures
from portal.published.month_view import total_of

_WHAT = "数字公开，统计，月份，每个月收到多少件，按时答复了多少"


def months(sought: Sought) -> Group:
    """What fits by its month or by what figures are called, the newest first."""
    newest_first = select(MonthFigures).order_by(MonthFigures.month.desc())
    rows = sought.session.scalars(newest_first.where(MonthFigures.kept.is_not(None)))
    fitting = [one for one in rows if sought.fits([], [_title(one), month_key(one.month), _WHAT])]
    return Group(
        "months",
        "数字公开",
        "个月",
        shown(fitting, lambda one: _finding(one, sought)),
        len(fitting),
        (sought.links.figures(), "数字公开"),
    )


def _title(one: MonthFigures) -> str:
    return f"{month_name(one.month)}的数字"


def _finding(one: MonthFigures, sought: Sought) -> Finding:
    total = total_of(one.sheet)
    return Finding(
        _title(one),
        sought.links.figures(month_key(one.month)),
        line="收到多少不公布" if total.number is None else f"收到{total.text}件",
    )
