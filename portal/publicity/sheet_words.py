"""What a sheet says: the sentences of `templates/portal/publicity/words.toml`, which the office
proof-reads, filled with the campaign's data. The print page and the PDF both show these."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from string import Formatter
from typing import Any

from portal.campaign.book import Book
from portal.campaign.place import Place
from portal.foundation import clock
from portal.foundation.formats import day_with_year

_FILE = Path(__file__).parents[2] / "templates" / "portal" / "publicity" / "words.toml"

Group = tuple[str, list[str]]


@dataclass(frozen=True)
class Way:
    """One way to reach the line: what to do, where to, and what to know about it."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Passage:
    """Sentences under a heading."""

    heading: str
    sentences: list[str]


@dataclass(frozen=True)
class SheetWords:
    """Everything that stands on a sheet but for its QR code. What is empty isn't printed."""

    title: list[str]
    where: str
    invitation: str
    ways: list[Way]
    scan: Way
    example: str
    problems_heading: str
    problems: list[Group]
    safety: list[str]
    emergency: str
    afterwards: Passage
    careful: Passage
    organiser: str
    until: str
    sample: str


def sheet_words(found: Book, place: Place | None, site: str) -> SheetWords:
    """The words for a street, or for the whole district; `site` is the public site's address."""
    fill = _Filling(_facts(found, place, site))
    said = _sentences()
    ways = [fill.way(said[name]) for name in ("call", "text")]
    return SheetWords(
        title=fill.all(said["title"]),
        where=fill(said["where"]),
        invitation=fill(said["invitation"]),
        ways=[way for way in ways if way.value],
        scan=fill.way(said["scan"]),
        example=fill(said["example"]) if found.campaign.text_number else "",
        problems_heading=fill(said["problems_heading"]),
        problems=problem_groups(found),
        safety=fill.all(said["safety"]),
        emergency=fill(said["emergency"]),
        afterwards=fill.passage(said["afterwards"]),
        careful=fill.passage(said["careful"]),
        organiser=fill(said["organiser"]),
        # On the day itself it still runs; afterwards the sentence would be wrong.
        until=fill(said["until"]) if clock.today() <= found.campaign.ends_on else "",
        sample=fill(said["sample"]) if found.campaign.sample else "",
    )


def problem_groups(found: Book) -> list[Group]:
    """What can be reported, in everyday words, as the plan groups it."""
    types = found.problem_types.values()
    return [
        (name, [one.plain_text for one in group])
        for name, group in groupby(types, key=lambda one: one.group_name)
    ]


class _Filling:
    """Fills sentences with facts. A sentence that needs a fact which isn't there is left out."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        self._facts = facts

    def __call__(self, sentence: str) -> str:
        needed = [name for _, name, _, _ in Formatter().parse(sentence) if name]
        if not all(self._facts[name] for name in needed if name not in _MAY_BE_EMPTY):
            return ""
        return sentence.format_map(self._facts)

    def all(self, sentences: Iterable[str]) -> list[str]:
        return [filled for filled in map(self, sentences) if filled]

    def way(self, said: Mapping[str, str]) -> Way:
        return Way(self(said["label"]), self(said["value"]), self(said["note"]))

    def passage(self, said: Mapping[str, Any]) -> Passage:
        return Passage(self(said["heading"]), self.all(said["sentences"]))


# For the whole district no street is named, and the sentence still holds.
_MAY_BE_EMPTY = {"place", "here"}


def _facts(found: Book, place: Place | None, site: str) -> dict[str, str]:
    campaign = found.campaign
    policy = next(iter(found.policies.values()), None)
    return {
        "district": campaign.district,
        "place": place.name if place else "",
        "here": f"{place.name}，" if place else "",
        "hotline": campaign.hotline,
        "hotline_hours": campaign.hotline_hours,
        "text_number": campaign.text_number,
        "policy": policy.name if policy else "",
        "policies": str(len(found.policies) or ""),
        "emergency": "或".join(number.strip() for number in campaign.emergency.split("/")),
        "organiser": campaign.organiser,
        "ends_on": day_with_year(campaign.ends_on),
        "site": site.partition("://")[2],
    }


@cache
def _sentences() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
