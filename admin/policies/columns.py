"""The columns of the policy list as a spreadsheet names them: the campaign's own words, which open
data uses too, and those that people read."""

from __future__ import annotations

from collections.abc import Mapping

from admin.sheets.headed import HeadedSheet
from portal.campaign.policy_fields import FIELDS

CHECKED = "checked_on"
# What a draft may change of a policy, by the record's attributes; the day of checking is no part of
# what the policy says, so that no version is kept of it alone.
NAMES: Mapping[str, str] = {
    **{name: one.heading for name, one in FIELDS.items()},
    CHECKED: "最近核对",
}
COLUMNS: Mapping[str, str] = {
    **{one.column: name for name, one in FIELDS.items()},
    CHECKED: CHECKED,
}
# The unit's name stands beside its code for the eye, as in open data.
UNIT, UNIT_NAME = "unit", "unit_name"
HEADINGS: Mapping[str, str] = {
    "code": "编号",
    **{column: NAMES[name] for column, name in COLUMNS.items()},
    UNIT: "主管单位编号",
    UNIT_NAME: "主管单位",
}
SHEET = HeadedSheet(
    HEADINGS,
    days=("ended_on", CHECKED),
    # What a sheet doesn't have stays as it is.
    optional=HEADINGS.keys() - {"code", "name"},
)
