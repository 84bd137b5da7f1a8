"""Those sections of campaign.toml that say how the desks work: reminders, visits, supervision,
referral, mistakes on the site, requests about one's own information, numbers of documents, lists of
recipients, monthly returns, own declarations, spot checks, and what comes after the campaign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from portal.campaign.campaign import Campaign
from portal.campaign.spot_check_rule import DRAWN, ratio_of
from portal.campaign.supervision_rule import COUNTED, Trigger
from portal.campaign.unit import UnitKind
from portal.loading.tables import longest
from portal.loading.toml_sections import Section

_HOURS = 24
_MONTHS = 12
# Working days of a year, more or less: whoever is asked less often isn't followed.
_MOST_DAYS = 250
# As long as the column that holds it.
_LEVEL_CODE = 20
_BODY_CODE = 20
# The last day that every month has.
_LAST_DAY = 28


def read(top: Section) -> dict[str, Any]:
    """All of them, by the campaign's attributes."""

    def table(name: str) -> Section:
        return top.table(name, optional=True)

    return {
        "reminders": _reminders(table("reminders")),
        "follow_up": _follow_up(table("follow_up")),
        "supervision": _supervision(table("supervision")),
        "referral": _referral(table("referral")),
        "representatives": _representatives(table("representatives")),
        "mistakes": _promise(table("mistakes"), "mistakes"),
        "rights": _promise(table("rights"), "rights"),
        "distributions": _distributions(table("distributions")),
        "returns": _returns(table("returns")),
        "declarations": _declarations(table("declarations")),
        "spot_check": _spot_check(table("spot_check")),
        "after": _after(table("after")),
        "document_number": _document_number(table("documents")),
    }


def _reminders(section: Section) -> dict[str, Any]:
    """When somebody is reminded of a date; a campaign without this section reminds nobody."""
    if not section.content:
        return {}
    days = section.list_of("days", int)
    hours = {key: section.whole(key) for key in ("from", "to")}
    if not 0 <= (hours["from"] or 0) < (hours["to"] or 0) <= _HOURS:
        section.wrong("reminders: from and to must be hours of one day, from before to")
    section.close()
    return {"days": sorted(days), **hours}


def _follow_up(section: Section) -> dict[str, Any]:
    """Whose reporters are visited after their cases were closed; a campaign without this section
    draws none."""
    if not section.content:
        return {}
    values: dict[str, Any] = {"share": section.share("share")}
    for key in ("days", "attempts"):
        values[key] = section.whole(key)
        if values[key] is not None and values[key] < 1:
            section.wrong(f"follow_up.{key} must be 1 at least")
    section.close()
    return values


def _supervision(section: Section) -> dict[str, Any]:
    """How long supervision takes and when it is suggested; without this section nothing is."""
    if not section.content:
        return {}
    values = {
        "source": section.text("source"),
        "days": _whole_by_trigger(section.table("days", optional=True), list(Trigger)),
        "suggest": _whole_by_trigger(section.table("suggest", optional=True), COUNTED),
    }
    section.close()
    return values


def _referral(section: Section) -> dict[str, Any]:
    """To whom a breach of discipline or law goes, by whom it concerns; a campaign without this
    section refers nothing."""
    if not section.content:
        return {}
    every = section.whole("remind_every")
    levels = [_level(one) for one in section.tables("levels")]
    codes = [one["code"] for one in levels]
    if every is not None and not 1 <= every <= _MOST_DAYS:
        section.wrong(f"referral.remind_every must lie between 1 and {_MOST_DAYS}")
    if not levels or len(set(codes)) < len(codes):
        section.wrong("referral.levels must hold one level at least, and no code twice")
    section.close()
    return {"remind_every": every, "levels": levels}


def _level(section: Section) -> dict[str, Any]:
    values = {
        "code": section.text("code", _LEVEL_CODE),
        **{key: section.text(key) for key in ("name", "body", "basis")},
    }
    section.close()
    return values


def _representatives(section: Section) -> dict[str, Any]:
    """How many may come for others; a campaign without this section lets any number."""
    if not section.content:
        return {}
    most, source = section.whole("most"), section.text("source")
    if most is not None and most < 1:
        section.wrong("representatives.most must be 1 at least")
    section.close()
    return {"most": most, "source": source}


def _promise(section: Section, name: str) -> dict[str, Any]:
    """Within how many working days a mistake on the site, or a request about one's own information,
    is answered; a campaign without the section promises what is usual."""
    if not section.content:
        return {}
    days, source = section.whole("days"), section.text("source")
    if days is not None and not 1 <= days <= _MOST_DAYS:
        section.wrong(f"{name}.days must lie between 1 and {_MOST_DAYS}")
    section.close()
    return {"days": days, "source": source}


def _distributions(section: Section) -> dict[str, Any]:
    """How many days a list of recipients is shown; without this section each says so itself."""
    if not section.content:
        return {}
    days, most = section.whole("days"), section.whole("most_days")
    source = section.text("source")
    if days is not None and most is not None and not 1 <= days <= most <= _MOST_DAYS:
        section.wrong(f"distributions: 1, days, most_days and {_MOST_DAYS} must not fall")
    section.close()
    return {"days": days, "most_days": most, "source": source}


def _returns(section: Section) -> dict[str, Any]:
    """Who returns to whom every month, and by when; a campaign without this section has none."""
    if not section.content:
        return {}
    days = {key: section.whole(key) for key in ("remind_from", "day")}
    known = [number for number in days.values() if number is not None]
    if [1, *known, _LAST_DAY] != sorted([1, *known, _LAST_DAY]):
        section.wrong(f"returns: 1, remind_from, day and {_LAST_DAY} must not fall")
    first, last = section.day("first_on"), section.day("last_on")
    if first and last and last < first:
        section.wrong("returns: last_on lies before first_on")
    values = {
        **days,
        "rolls": section.flag("rolls"),
        "source": section.text("source"),
        "first_on": first.isoformat() if first else None,
        "last_on": last.isoformat() if last else None,
        **{key: _kinds(section, key) for key in ("to_departments", "to_office")},
        "not_in_streets": section.list_of("not_in_streets", str, optional=True),
        "too_few": _too_few(section.table("too_few", optional=True)),
    }
    section.close()
    return values


def _kinds(section: Section, key: str) -> list[str]:
    kinds = section.list_of(key, str)
    for kind in kinds:
        if kind not in {known.value for known in UnitKind}:
            section.wrong(f"returns.{key}: “{kind}” is no kind of unit")
    return kinds


def _too_few(section: Section) -> dict[str, Any]:
    """When it is said that a unit found too little; without this section it never is."""
    if not section.content:
        return {}
    expected, peers = section.whole("expected"), section.whole("peers")
    if any(number is not None and number < 1 for number in (expected, peers)):
        section.wrong("returns.too_few: expected and peers must be 1 at least")
    values = {"expected": expected, "peers": peers, "chance": section.share("chance")}
    section.close()
    return values


def _declarations(section: Section) -> dict[str, Any]:
    """Until when people declare by themselves and pay back; without this section there is no last
    day."""
    if not section.content:
        return {}
    until, source = section.day("until"), section.text("source")
    section.close()
    return {"until": until.isoformat() if until else None, "source": source}


def _spot_check(section: Section) -> dict[str, Any]:
    """Which units are spot checked, and how many of them at least; a campaign without this section
    checks none, one without a ratio as many as its office asks."""
    if not section.content:
        return {}
    shares = {key: section.text(key, optional=True) for key in ("ratio", "coverage")}
    source = section.text("source")
    kinds, months = section.list_of("kinds", str), section.list_of("months", int)
    for key, share in shares.items():
        if share is not None and ratio_of(share) is None:
            section.wrong(f"spot_check.{key} must be a fraction like 30/100, above 0 and up to 1")
    if not kinds or not set(kinds) <= set(UnitKind):
        section.wrong("spot_check.kinds must name kinds of units, one at least")
    if not months or not set(months) <= set(range(1, _MONTHS + 1)):
        section.wrong("spot_check.months must name months from 1 to 12")
    weights = _weights(section.table("weights"))
    section.close()
    return {
        **shares,
        "kinds": kinds,
        "months": sorted(months),
        "weights": weights,
        "source": source,
    }


def _weights(section: Section) -> dict[str, int]:
    """How much more often one of each sort of unit is drawn, as whole numbers above zero."""
    found = {one.value: section.whole(one.value) for one in DRAWN}
    for name, number in found.items():
        if number is not None and number < 1:
            section.wrong(f"{section.name}.{name} must be 1 or more")
    section.close()
    return {name: number for name, number in found.items() if number is not None}


def _after(section: Section) -> dict[str, Any]:
    """Whom people turn to when the campaign is over; without this section its lead unit."""
    if not section.content:
        return {}
    values = {key: section.text(key) for key in ("unit", "tip_off_telephone")}
    bodies = [_outside_body(one) for one in section.tables("bodies", optional=True)]
    codes = [one["code"] for one in bodies]
    if len(set(codes)) < len(codes):
        section.wrong("after.bodies holds a code twice")
    section.close()
    return {**values, "bodies": bodies}


def _outside_body(section: Section) -> dict[str, Any]:
    values = {
        "code": section.text("code", _BODY_CODE),
        **{key: section.text(key) for key in ("name", "telephone", "matter")},
    }
    section.close()
    return values


def _whole_by_trigger(section: Section, triggers: Sequence[Trigger]) -> dict[str, int]:
    """Numbers above zero under the triggers that may stand there."""
    found = {one.value: section.whole(one.value, optional=True) for one in triggers}
    for name, number in found.items():
        if number is not None and number < 1:
            section.wrong(f"{section.name}.{name} must be 1 or more")
    section.close()
    return {name: number for name, number in found.items() if number is not None}


def _document_number(section: Section) -> str:
    """How formal documents are numbered; empty where the campaign says nothing."""
    fields = {"unit", "kind", "year", "serial"}
    pattern = section.text("number", longest(Campaign, "document_number"), optional=True) or ""
    section.close()
    if pattern and set(re.findall(r"[{]([^{}]*)[}]", pattern)) != fields:
        section.wrong("documents.number must hold {unit}, {kind}, {year} and {serial}, no others")
    if pattern and re.search(r"[{}]", re.sub(r"[{][a-z]+[}]", "", pattern)):
        section.wrong("documents.number has a brace without its partner")
    return pattern
