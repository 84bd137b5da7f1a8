"""Every table of the portal, for the migrations."""

from portal.campaign import (
    calendar_date,
    campaign,
    clock_rule,
    place,
    policy,
    problem_type,
    responsibility,
    unit,
)
from portal.foundation import staff, workdays
from portal.published import month_figures, notice, result

__all__ = [
    "calendar_date",
    "campaign",
    "clock_rule",
    "month_figures",
    "notice",
    "place",
    "policy",
    "problem_type",
    "responsibility",
    "result",
    "staff",
    "unit",
    "workdays",
]
