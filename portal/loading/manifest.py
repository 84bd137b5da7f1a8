"""Reading campaign.toml: the campaign's names, bodies, lines, scope, calendar, doors and routing
words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.campaign.calendar_date import CalendarDate, Task
from portal.campaign.campaign import Campaign
from portal.foundation.refusal import Problem, Refusal
from portal.foundation.staff import Role
from portal.foundation.text_files import read_utf8
from portal.loading import desk_sections, retention_section, summary_section
from portal.loading.bad_campaign import Row
from portal.loading.tables import longest
from portal.loading.toml_sections import Section, parse_toml

FILE = "campaign.toml"
BODIES = ("office", "lead", "discipline", "superior", "arbiter")

_NAMES = ("code", "name", "district", "organiser", "plan_notice")
_LINES = ("hotline", "hotline_hours", "text_number", "text_hint", "emergency")
# How the registers write their numbers.
_SITE = {
    "id_code": (r"[0-9A-Z]{10}", "4201030001"),
    "icp": (r"[一-龥]ICP备\d{6,10}号(-\d{1,4})?", "鄂ICP备05000000号-1"),
    "police": (r"[一-龥]公网安备 ?\d{14}号", "鄂公网安备42010302000000号"),
}
# One takes the locked file, another its passphrase.
_CARRIERS = 2
# A heading on a phone has room for ten characters.
_SHORT = 10


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
        "site": _site(top.table("site", optional=True)),
        "scope": _scope(top.table("scope")),
        "doors": [_door(one) for one in top.tables("doors")],
        "routing": _routing(top.table("routing")),
        **desk_sections.read(top),
        **summary_section.read(top),
        **retention_section.read(top),
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


def _site(section: Section) -> dict[str, str]:
    """Under what the site is registered; what isn't there isn't shown."""
    values = {}
    for key, (form, example) in _SITE.items():
        value = section.text(key, optional=True)
        if value is not None and not re.fullmatch(form, value):
            section.wrong(f"site.{key} “{value}” doesn't look like “{example}”")
        elif value is not None:
            values[key] = value
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
        "ages": [_age(one) for one in section.tables("ages", optional=True)],
    }
    section.close()
    return values


def _age(section: Section) -> dict[str, Any]:
    """For which need an age in years stands; both ends belong to it."""
    values: dict[str, Any] = {"need": section.text("need")}
    values |= {end: section.whole(end, optional=True) for end in ("from", "to")}
    first, last = values["from"], values["to"]
    if first is None and last is None:
        section.wrong(f"{section.name} needs from or to")
    if (first or 0) < 0 or (last is not None and last < (first or 0)):
        section.wrong(f"{section.name}: to must not lie before from, nor either below 0")
    section.close()
    return values


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
        key: section.text(key, longest(CalendarDate, key))
        for key in ("key", "title", "clause", "who")
    }
    values |= _span(section, optional=True)
    if values["starts_on"] is None and values["ends_on"] is None:
        section.wrong(f"{section.name} needs starts_on or ends_on")
    values["monthly_day"] = _monthly_day(section)
    values["rolls"] = section.flag("rolls")
    values["task"] = _task(section)
    section.close()
    return values


def _task(section: Section) -> Task | None:
    word = section.text("task", optional=True)
    if word is not None and word not in set(Task):
        section.wrong(f"{section.name}.task: only {', '.join(Task)} are known")
        return None
    return Task(word) if word else None


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
