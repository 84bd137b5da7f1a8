"""The policy list (政策清单, plan 三(一)5), found by name, alias, need or unit, also as it was in
a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from flask import current_app, request

from portal.campaign.book import Book
from portal.campaign.policy import Policy, SourceStatus
from portal.campaign.policy_history import policy_as
from portal.foundation import clock
from portal.foundation.cached_pages import kept_with_pages, published_page
from portal.foundation.links import Links
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.pages.elsewhere import elsewhere
from portal.pages.typed_ages import age_in, needs_at
from portal.pages.typed_words import plain, says, words_of

# 国发〔2018〕20号 is typed with whatever brackets the keyboard has, or with none.
_BRACKETS = str.maketrans("", "", "〔〕[]()【】《》〈〉")


@dataclass(frozen=True)
class Asked:
    """What of the list is asked for. `typed` stays as it was written, to be shown again; without a
    `year` it is the list of today."""

    typed: str
    need: str = ""
    unit: str = ""
    year: int | None = None

    @cached_property
    def words(self) -> list[str]:
        """The words that were typed, without brackets."""
        return [word for word in map(_bare, words_of(self.typed)) if word]

    def query(self, **to: object) -> str:
        """The query of the same list with something changed, empty parts left out."""
        asked = {"q": self.typed, "need": self.need, "unit": self.unit, "year": self.year} | to
        kept = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True)
class Line:
    """A policy in the list: where it leads, how it is called, and what is to be known at once."""

    unit: str
    address: str
    name: str
    sample: bool
    unchecked: bool
    ended: bool


@dataclass(frozen=True)
class Catalogue:
    """The whole list of a year, or of today, which readers narrow down: its lines by code, and the
    needs and units that it can be narrowed to, each with the query for it."""

    policies: list[Policy]
    lines: Mapping[str, Line]
    needs: list[tuple[str, str]]
    units: list[tuple[str, str, int, str]]

    @classmethod
    def of(cls, found: Book, year: int | None) -> Catalogue:
        """The list as the campaign's book has it."""
        listed = list(_listed(found, year))
        needs = dict.fromkeys(need for one in listed for need in one.needs)
        number_of = Counter(one.unit_code for one in listed)
        whole = Asked(typed="", year=year)
        return cls(
            listed,
            {one.code: _line(one, found, year) for one in listed},
            [(need, whole.query(need=need)) for need in needs],
            [
                (code, found.units[code].short_name, number, whole.query(unit=code))
                for code, number in number_of.items()
            ],
        )


@blueprint.get("/policies")
@published_page(query=("q", "need", "unit", "year"))
def policies() -> str:
    """The list, grouped by the unit in charge."""
    found = book_in_force()
    years = kept_with_pages(("policy years", found.revision), lambda: years_of(found))
    year = _year(years)
    # The book may be of the revision before the one that has just begun.
    listed = ("policies", found.revision, year)
    whole = kept_with_pages(listed, lambda: Catalogue.of(found, year))
    asked = _asked(found, whole, year)
    chosen = [whole.lines[one.code] for one in whole.policies if _fits(one, asked, found)]
    return filled(
        "policies",
        found,
        asked=asked,
        chosen_unit=found.units.get(asked.unit),
        number=len(chosen),
        total=len(whole.policies),
        groups=_by_unit(chosen),
        has_unchecked=any(line.unchecked for line in chosen),
        needs=whole.needs,
        units=whole.units,
        years=[(one, asked.query(year=one), one == year) for one in years],
        now=asked.query(year=None),
        known_from=known_from(found),
        office=found.office,
        stands=elsewhere("/policies"),
    )


def matching(typed: str, found: Book) -> list[Policy]:
    """The policies that fit what was typed."""
    asked = Asked(typed)
    return [policy for policy in found.policies.values() if _fits(policy, asked, found)]


def years_of(found: Book) -> list[int]:
    """The years of which somebody may ask: from the first whose funds the plan counts to this, or
    to the last in which something begins to hold; the latest first."""
    days = [
        one.holds_from.year
        for history in found.histories.values()
        for one in history.versions
        if one.holds_from
    ]
    this_year = clock.today().year
    first = min([this_year, *found.campaign.scope.get("fund_years", [])])
    return list(range(max([this_year, *days]), first - 1, -1))


def known_from(found: Book) -> date:
    """The Shanghai day since when changes of the list are kept."""
    firsts = [history.first.released_at for history in found.histories.values()]
    return clock.day_of(min(firsts, default=found.campaign.loaded_at))


def day_in(year: int) -> date:
    """The day of a year by which its list is told: today in this one, else the last."""
    today = clock.today()
    return today if year == today.year else date(year, 12, 31)


def _year(years: list[int]) -> int | None:
    """The year that is asked for; None: the list as it is now."""
    asked = request.args.get("year", "")
    return next((year for year in years if str(year) == asked), None)


def _listed(found: Book, year: int | None) -> Iterator[Policy]:
    for one in found.policies.values():
        if year is None:
            yield one
        elif found.histories[one.code].held_in(year):
            yield policy_as(one, found.histories[one.code].on(day_in(year)))


def _asked(found: Book, whole: Catalogue, year: int | None) -> Asked:
    need, unit = request.args.get("need", ""), request.args.get("unit", "")
    return Asked(
        typed=request.args.get("q", "").strip(),
        # What no policy knows narrows nothing down.
        need=need if any(need == known for known, _ in whole.needs) else "",
        unit=unit if unit in found.units else "",
        year=year,
    )


def _fits(policy: Policy, asked: Asked, found: Book) -> bool:
    if asked.need and asked.need not in policy.needs:
        return False
    if asked.unit and asked.unit != policy.unit_code:
        return False
    if not asked.words:
        return True
    unit = found.units[policy.unit_code]
    names = [_bare(name) for name in (policy.name, *policy.aliases)]
    besides = (*policy.needs, *_told(policy), unit.name, unit.short_name, *unit.aliases)
    told = [*names, *map(_bare, besides)]
    ages = found.campaign.routing.get("ages", [])
    return all(
        says(word, names, told) or not needs_at(age_in(word), ages).isdisjoint(policy.needs)
        for word in asked.words
    )


def _told(policy: Policy) -> tuple[str, ...]:
    """What its own page tells about a policy, below its name."""
    return (
        policy.code,
        policy.eligibility,
        policy.standard,
        policy.payment,
        policy.apply_at,
        policy.materials,
        policy.legal_basis,
    )


def _bare(text: str) -> str:
    return plain(text).translate(_BRACKETS)


def _line(one: Policy, found: Book, year: int | None) -> Line:
    links: Links = current_app.extensions["links"]
    day = day_in(year) if year else clock.today()
    return Line(
        unit=found.units[one.unit_code].name,
        address=links.policy(one.code, year=year),
        name=one.name,
        sample=one.sample,
        unchecked=one.source_status == SourceStatus.MEMORY,
        ended=one.ended_on is not None and one.ended_on < day,
    )


def _by_unit(chosen: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The names of units, each with its policies."""
    by_unit: dict[str, list[Line]] = {}
    for line in chosen:
        by_unit.setdefault(line.unit, []).append(line)
    return list(by_unit.items())
