"""The policy list (政策清单, plan 三(一)5), found by name, alias, need or unit; each in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, request

from portal.campaign.book import Book, book
from portal.campaign.policy import Policy
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, filled
from portal.pages.in_charge import charges
from portal.pages.typed_words import plain, words_of

_SHORTEST_NAME = 2


@dataclass(frozen=True)
class Asked:
    """What of the list is asked for. `typed` stays as it was written, to be shown again."""

    typed: str
    need: str
    unit: str


@blueprint.get("/policies")
@published_page(query=("q", "need", "unit"))
def policies() -> str:
    """The list, grouped by the unit in charge."""
    with reading() as session:
        found = book(session)
    asked = _asked(found)
    chosen = [policy for policy in found.policies.values() if _fits(policy, asked, found)]
    return filled(
        "policies",
        found,
        asked=asked,
        chosen_unit=found.units.get(asked.unit),
        number=len(chosen),
        total=len(found.policies),
        groups=_by_unit(chosen, found),
        needs=_needs(found),
    )


@blueprint.get("/policies/<code>")
@published_page
def policy(code: str) -> str:
    """One policy, with everything the list says about it."""
    with reading() as session:
        found = book(session)
    one = found.policies.get(code) or abort(404)
    return filled(
        "policy",
        found,
        policy=one,
        unit=found.units[one.unit_code],
        in_charge=charges(found, clock.today(), policy=code),
        office=found.office,
    )


def matching(typed: str, found: Book) -> list[Policy]:
    """The policies that fit what was typed."""
    asked = Asked(typed, need="", unit="")
    return [policy for policy in found.policies.values() if _fits(policy, asked, found)]


def _asked(found: Book) -> Asked:
    need, unit = request.args.get("need", ""), request.args.get("unit", "")
    return Asked(
        typed=request.args.get("q", "").strip(),
        # What no policy knows narrows nothing down.
        need=need if need in _needs(found) else "",
        unit=unit if unit in found.units else "",
    )


def _fits(policy: Policy, asked: Asked, found: Book) -> bool:
    if asked.need and asked.need not in policy.needs:
        return False
    if asked.unit and asked.unit != policy.unit_code:
        return False
    words = words_of(asked.typed)
    if not words:
        return True
    unit = found.units[policy.unit_code]
    names = [plain(name) for name in (policy.name, *policy.aliases)]
    told = [*names, *map(plain, (*policy.needs, unit.name, unit.short_name, *unit.aliases))]
    return all(_says(word, names, told) for word in words)


def _says(word: str, names: Iterable[str], told: Iterable[str]) -> bool:
    """Whether a word is part of what is told, or a sentence that has one of the names in it."""
    return any(word in text for text in told) or any(
        name in word for name in names if len(name) >= _SHORTEST_NAME
    )


def _by_unit(chosen: list[Policy], found: Book) -> list[tuple[Unit, list[Policy]]]:
    codes = dict.fromkeys(policy.unit_code for policy in chosen)
    return [
        (found.units[code], [policy for policy in chosen if policy.unit_code == code])
        for code in codes
    ]


def _needs(found: Book) -> list[str]:
    return list(dict.fromkeys(need for one in found.policies.values() for need in one.needs))
