"""The section of campaign.toml about retention (保存期限): how long what people wrote is kept after
their case has ended, by kind and outcome, and what they wrote beside cases."""

from __future__ import annotations

from typing import Any

from portal.campaign.kinds import Kind
from portal.campaign.retention_rule import Beside
from portal.loading.toml_sections import Section

# A reporter may object for some months, and the law lets him sue for six (行政诉讼法 46).
_LEAST_MONTHS, _MOST_MONTHS = 6, 360
_MOST_DAYS = 366
_DAYS = ("withdrawn_days", "notice_days", "backup_days")
OUTCOMES = ("closed", "declined")


def read(top: Section) -> dict[str, Any]:
    """It, by the campaign's attribute; under a campaign without it nothing is destroyed by age."""
    section = top.table("retention", optional=True)
    if not section.content:
        return {"retention": {}}
    values: dict[str, Any] = {name: section.whole(name) for name in _DAYS}
    for name, days in values.items():
        if days is not None and not 1 <= days <= _MOST_DAYS:
            section.wrong(f"retention.{name} must lie between 1 and {_MOST_DAYS}")
    values["source"] = section.text("source")
    periods = [_period(one) for one in section.tables("periods")]
    _check_each_kind_once(section, periods)
    beside = [_beside(one) for one in section.tables("beside")]
    _check_each_once(section, [one["what"] for one in beside])
    section.close()
    return {"retention": {**values, "periods": periods, "beside": beside}}


def _period(section: Section) -> dict[str, Any]:
    outcome = section.text("outcome", optional=True) or ""
    months = {name: section.whole(name) for name in ("words", "contact")}
    values: dict[str, Any] = {
        "kind": section.text("kind"),
        "outcome": outcome,
        **months,
        "source": section.text("source"),
    }
    if values["kind"] is not None and values["kind"] not in set(Kind):
        section.wrong(f"{section.name}: “{values['kind']}” is no kind of case")
    if outcome and outcome not in OUTCOMES:
        section.wrong(f"{section.name}.outcome must be one of {', '.join(OUTCOMES)}")
    known = [number for number in (months["contact"], months["words"]) if number is not None]
    ordered = [_LEAST_MONTHS, *known, _MOST_MONTHS]
    if ordered != sorted(ordered):
        section.wrong(
            f"{section.name}: {_LEAST_MONTHS}, contact, words and {_MOST_MONTHS} must not fall"
        )
    section.close()
    return values


def _check_each_kind_once(section: Section, periods: list[dict[str, Any]]) -> None:
    """Each kind has one row that holds whatever its outcome, and no row twice."""
    rows = [(one["kind"], one["outcome"]) for one in periods]
    if len(set(rows)) < len(rows):
        section.wrong("retention.periods holds a row twice")
    for kind in Kind:
        if (kind.value, "") not in rows:
            section.wrong(f"retention.periods lacks a row of “{kind.value}” without an outcome")


def _beside(section: Section) -> dict[str, Any]:
    values: dict[str, Any] = {
        "what": section.text("what"),
        "months": section.whole("months"),
        "source": section.text("source"),
    }
    if values["what"] is not None and values["what"] not in set(Beside):
        section.wrong(f"{section.name}.what must be one of {', '.join(Beside)}")
    months = values["months"]
    if months is not None and not _LEAST_MONTHS <= months <= _MOST_MONTHS:
        section.wrong(f"{section.name}.months must lie between {_LEAST_MONTHS} and {_MOST_MONTHS}")
    section.close()
    return values


def _check_each_once(section: Section, those: list[str | None]) -> None:
    for what in Beside:
        if those.count(what) != 1:
            section.wrong(f"retention.beside needs one row of “{what}”")
