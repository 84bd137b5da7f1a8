"""Every table of the portal, for the migrations."""

from portal.campaign import (
    calendar_date,
    campaign,
    clock_rule,
    place,
    policy,
    policy_version,
    problem_type,
    responsibility,
    unit,
)
from portal.foundation import staff, workdays
from portal.published import notice, result

__all__ = [
    "calendar_date",
    "campaign",
    "clock_rule",
    "notice",
    "place",
    "policy",
    "policy_version",
    "problem_type",
    "responsibility",
    "result",
    "staff",
    "unit",
    "workdays",
]
