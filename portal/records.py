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
from portal.published import (
    appearance,
    distribution,
    distribution_row,
    month_figures,
    notice,
    result,
    spot_check_record,
)

__all__ = [
    "appearance",
    "calendar_date",
    "campaign",
    "clock_rule",
    "distribution",
    "distribution_row",
    "month_figures",
    "notice",
    "place",
    "policy",
    "policy_version",
    "problem_type",
    "responsibility",
    "result",
    "spot_check_record",
    "staff",
    "unit",
    "workdays",
]
