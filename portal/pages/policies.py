"""The policy list (政策清单, plan 三(一)5), found by name, alias, need or unit; each in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import abort, current_app, request

from portal.campaign.book import Book
from portal.campaign.policy import Policy
from portal.foundation import clock
from portal.foundation.cached_pages import published_page
from portal.foundation.links import Links
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.pages.in_charge import InCharge
from portal.pages.typed_words import plain, words_of

_SHORTEST_NAME = 2


@dataclass(frozen=True)
class Asked:
    """What of the list is asked for. `typed` stays as it was written, to be shown again."""

    typed: str
    need: str = ""
    unit: str = ""

    @cached_property
    def words(self) -> list[str]:
        """The words that were typed."""
        return words_of(self.typed)


@blueprint.get("/policies")
@published_page(query=("q", "need", "unit"))
def policies() -> str:
    """The list, grouped by the unit in charge."""
    found = book_in_force()
    needs = list(dict.fromkeys(need for one in found.policies.values() for need in one.needs))
    asked = _asked(found, needs)
    chosen = [policy for policy in found.policies.values() if _fits(policy, asked, found)]
    return filled(
        "policies",
        found,
        asked=asked,
        chosen_unit=found.units.get(asked.unit),
        number=len(chosen),
        total=len(found.policies),
        groups=_by_unit(chosen, found),
        needs=[(need, f"?{urlencode({'need': need})}", need == asked.need) for need in needs],
    )


@blueprint.get("/policies/<code>")
@published_page
def policy(code: str) -> str:
    """One policy, with everything the list says about it."""
    found = book_in_force()
    one = found.policies.get(code) or abort(404)
    return filled(
        "policy",
        found,
        policy=one,
        unit=found.units[one.unit_code],
        in_charge=InCharge(found, clock.today()).of(policy=code),
        office=found.office,
    )


def matching(typed: str, found: Book) -> list[Policy]:
    """The policies that fit what was typed."""
    asked = Asked(typed)
    return [policy for policy in found.policies.values() if _fits(policy, asked, found)]


def _asked(found: Book, needs: list[str]) -> Asked:
    need, unit = request.args.get("need", ""), request.args.get("unit", "")
    return Asked(
        typed=request.args.get("q", "").strip(),
        # What no policy knows narrows nothing down.
        need=need if need in needs else "",
        unit=unit if unit in found.units else "",
    )


def _fits(policy: Policy, asked: Asked, found: Book) -> bool:
    if asked.need and asked.need not in policy.needs:
        return False
    if asked.unit and asked.unit != policy.unit_code:
        return False
    if not asked.words:
        return True
    unit = found.units[policy.unit_code]
    names = [plain(name) for name in (policy.name, *policy.aliases)]
    told = [*names, *map(plain, (*policy.needs, unit.name, unit.short_name, *unit.aliases))]
    return all(_says(word, names, told) for word in asked.words)


def _says(word: str, names: Iterable[str], told: Iterable[str]) -> bool:
    """Whether a word is part of what is told, or a sentence that has one of the names in it."""
    return any(word in text for text in told) or any(
        name in word for name in names if len(name) >= _SHORTEST_NAME
    )


def _by_unit(chosen: list[Policy], found: Book) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The names of units, each with its policies: where they lead, how they are called, and
    whether they are samples."""
    links: Links = current_app.extensions["links"]
    by_unit: dict[str, list[tuple[str, str, bool]]] = {}
    for one in chosen:
        line = (links.policy(one.code), one.name, one.sample)
        by_unit.setdefault(found.units[one.unit_code].name, []).append(line)
    return list(by_unit.items())
