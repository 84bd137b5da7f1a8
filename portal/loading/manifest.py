"""Reading campaign.toml: the campaign's names, bodies, lines, scope, calendar, doors and routing
words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.campaign.calendar_date import CalendarDate
from portal.campaign.campaign import Campaign
from portal.campaign.supervision_rule import COUNTED, Trigger
from portal.foundation.refusal import Problem, Refusal
from portal.foundation.staff import Role
from portal.foundation.text_files import read_utf8
from portal.loading.bad_campaign import Row
from portal.loading.tables import longest
from portal.loading.toml_sections import Section, parse_toml

FILE = "campaign.toml"
BODIES = ("office", "lead", "discipline", "superior", "arbiter")

_NAMES = ("code", "name", "district", "organiser", "plan_notice")
_LINES = ("hotline", "hotline_hours", "text_number", "text_hint", "emergency")
# One takes the locked file, another its passphrase.
_CARRIERS = 2
# A heading on a phone has room for ten characters.
_SHORT = 10
_HOURS = 24
# Working days of a year, more or less: whoever is asked less often isn't followed.
_MOST_DAYS = 250
# As long as the column that holds it.
_LEVEL_CODE = 20
_BODY_CODE = 20


@dataclass(frozen=True)
class Manifest:
    """What campaign.toml says: the attributes of the campaign, and its dated duties in order."""

    campaign: Row
    dates: tuple[Row, ...]


def read_manifest(folder: Path, problems: list[Problem]) -> Manifest | None:
    """The manifest of a folder, with what is wrong added to `problems`; None if it can't be read
    at all."""
    try:
        content = parse_toml(read_utf8(folder / FILE), FILE, problems)
    except Refusal as refusal:
        problems += refusal.problems
        return None
    if content is None:
        return None
    top = Section(FILE, "", content, problems)
    values = {
        **_names(top),
        **_bodies(top.table("bodies")),
        **_lines(top.table("lines")),
        "scope": _scope(top.table("scope")),
        "doors": [_door(one) for one in top.tables("doors")],
        "routing": _routing(top.table("routing")),
        "reminders": _reminders(top.table("reminders", optional=True)),
        "follow_up": _follow_up(top.table("follow_up", optional=True)),
        "supervision": _supervision(top.table("supervision", optional=True)),
        "referral": _referral(top.table("referral", optional=True)),
        "representatives": _representatives(top.table("representatives", optional=True)),
        "after": _after(top.table("after", optional=True)),
        "document_number": _document_number(top.table("documents", optional=True)),
    }
    dates = tuple(Row(FILE, None, _date(one)) for one in top.tables("calendar"))
    top.close()
    problems += _twice(dates)
    if values["code"] and values["code"] != folder.resolve().name:
        top.wrong(f"code is “{values['code']}”, but the folder is “{folder.resolve().name}”")
    return Manifest(Row(FILE, None, values), dates)


def _names(top: Section) -> dict[str, Any]:
    values: dict[str, Any] = {key: top.text(key, longest(Campaign, key)) for key in _NAMES}
    values["short_name"] = top.text("short_name", _SHORT)
    prefix = values["case_prefix"] = top.text("case_prefix")
    if prefix is not None and not re.fullmatch(r"[A-Z]{2}", prefix):
        top.wrong(f"case_prefix “{prefix}” must be two capital letters")
    values |= _span(top, optional=False)
    return values


def _span(section: Section, *, optional: bool) -> dict[str, Any]:
    starts, ends = (section.day(key, optional=optional) for key in ("starts_on", "ends_on"))
    if starts and ends and ends < starts:
        section.wrong(f"{section.name or 'campaign'}: ends_on lies before starts_on")
    return {"starts_on": starts, "ends_on": ends}


def _bodies(section: Section) -> dict[str, Any]:
    values: dict[str, Any] = {f"{body}_code": section.text(body) for body in BODIES}
    values["alarm_roles"] = section.list_of("alarm_roles", str)
    for role in values["alarm_roles"]:
        if role not in {known.value for known in Role}:
            section.wrong(f"bodies.alarm_roles: “{role}” is no role")
    if len(set(values["alarm_roles"])) < _CARRIERS:
        section.wrong(
            "bodies.alarm_roles must name two roles at least: it takes two to carry a case"
        )
    section.close()
    return values


def _lines(section: Section) -> dict[str, Any]:
    values: dict[str, Any] = {key: section.text(key, longest(Campaign, key)) for key in _LINES}
    values["sample"] = section.flag("sample")
    section.close()
    return values


def _scope(section: Section) -> dict[str, Any]:
    values = {
        "fund_years": section.list_of("fund_years", int),
        "earlier": section.text("earlier"),
        "excluded": [_excluded(one) for one in section.tables("excluded", optional=True)],
    }
    section.close()
    return values


def _excluded(section: Section) -> dict[str, Any]:
    values: dict[str, Any] = {key: section.text(key) for key in ("name", "door", "note")}
    values["words"] = section.list_of("words", str, optional=True)
    section.close()
    return values


def _door(section: Section) -> dict[str, Any]:
    values = {key: section.text(key) for key in ("name", "telephone", "matter")}
    section.close()
    return values


def _routing(section: Section) -> dict[str, Any]:
    values = {
        "certain": section.share("certain"),
        "elsewhere": _words(section, "elsewhere"),
        "hints": _words_by_code(section.table("hints", optional=True)),
    }
    section.close()
    return values


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


def _words_by_code(section: Section) -> dict[str, list[str]]:
    found = {code: _words(section, code) for code in section.content}
    section.close()
    return found


def _words(section: Section, key: str) -> list[str]:
    found = section.list_of(key, str, optional=True)
    for word in found:
        if not word.strip():
            section.wrong(f"{section.name}.{key} holds an empty word")
    return found


def _date(section: Section) -> dict[str, Any]:
    values: dict[str, Any] = {
        key: section.text(key, longest(CalendarDate, key)) for key in ("key", "title", "clause")
    }
    values |= _span(section, optional=True)
    if values["starts_on"] is None and values["ends_on"] is None:
        section.wrong(f"{section.name} needs starts_on or ends_on")
    values["monthly_day"] = _monthly_day(section)
    values["rolls"] = section.flag("rolls")
    section.close()
    return values


def _monthly_day(section: Section) -> int | None:
    repeats, day = section.text("repeats", optional=True), section.whole("day", optional=True)
    if repeats not in {None, "monthly"}:
        section.wrong(f"{section.name}.repeats: only “monthly” is known")
    if (repeats is None) != (day is None):
        section.wrong(f"{section.name}: repeats and day go together")
    # Day 28 is the last that every month has.
    if day is not None and not 1 <= day <= 28:
        section.wrong(f"{section.name}.day must lie between 1 and 28")
    return day


def _twice(dates: tuple[Row, ...]) -> Iterator[Problem]:
    keys = [row["key"] for row in dates]
    for key in sorted({key for key in keys if key is not None and keys.count(key) > 1}):
        yield Problem(FILE, None, f"calendar: the key “{key}” stands there twice")
