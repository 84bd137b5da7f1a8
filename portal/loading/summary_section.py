"""The section of campaign.toml about summaries (阶段性总结、年度总结): who gives a part of each,
and to whom the whole goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from portal.campaign.calendar_date import Task
from portal.campaign.unit import UnitKind
from portal.foundation.refusal import Problem
from portal.loading.bad_campaign import Row
from portal.loading.toml_sections import Section

_DAYS = ("first_on", "last_on", "remind_on", "units_by")


def read(top: Section) -> dict[str, Any]:
    """It, by the campaign's attribute; a campaign without it collects no summaries."""
    section = top.table("summaries", optional=True)
    if not section.content:
        return {"summaries": {}}
    kinds = section.list_of("kinds", str)
    if not kinds or not set(kinds) <= set(UnitKind):
        section.wrong("summaries.kinds must name kinds of units, one at least")
    values = {
        "kinds": kinds,
        "source": section.text("source"),
        "each": [_one(one) for one in section.tables("each")],
    }
    section.close()
    return {"summaries": values}


def check(campaign: Row, dates: Iterable[Row]) -> Iterator[Problem]:
    """Whether each summary hangs on a duty of the calendar that is one, and once; whether its units
    are asked before the whole is due."""
    duties = {row["key"]: row for row in dates if row["task"] is Task.SUMMARY}
    seen = set()
    for one in campaign["summaries"].get("each", []):
        key = one["duty"]
        if key not in duties or key in seen:
            yield campaign.problem(
                f"summaries.each: “{key}” must be a duty of the calendar with the task “summary”, "
                "and stand there once"
            )
        elif (one["units_by"] or "") > str(duties[key]["ends_on"] or ""):
            yield campaign.problem(f"summaries.each: units_by of “{key}” lies after its duty")
        seen.add(key)


def _one(section: Section) -> dict[str, Any]:
    days = {key: section.day(key) for key in _DAYS}
    values: dict[str, Any] = {
        "duty": section.text("duty"),
        "name": section.text("name"),
        "receivers": section.list_of("receivers", str),
        **{key: day.isoformat() if day else None for key, day in days.items()},
    }
    first, last, remind_on, units_by = days.values()
    if first and last and last < first:
        section.wrong(f"{section.name}: last_on lies before first_on")
    if remind_on and units_by and units_by < remind_on:
        section.wrong(f"{section.name}: units_by lies before remind_on")
    if not values["receivers"] or not all(one.strip() for one in values["receivers"]):
        section.wrong(f"{section.name}.receivers must name one body at least")
    section.close()
    return values
