"""Every number that one can call (plan 五(一)): the line itself, the units, and other doors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from portal.campaign.book import Book
from portal.campaign.place import PlaceKind
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.cached_pages import published_page
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.pages.elsewhere import elsewhere
from portal.published.appearance import Appearance


@blueprint.get("/hotlines")
@published_page
def hotlines() -> str:
    """The numbers of all units that work here; the office, which takes what is unsure, first."""
    return hotlines_of(book_in_force(), stands=elsewhere("/hotlines"))


def hotlines_of(found: Book, *, stands: Sequence[Appearance] = ()) -> str:
    """The page of a campaign; `stands`: where else it stood."""
    at_desks = [unit for unit in found.units.values() if unit.desk and unit.telephone]
    others = [unit for unit in at_desks if unit.kind is not UnitKind.STREET]
    streets = [unit for unit in at_desks if unit.kind is UnitKind.STREET]
    places = [one.name for one in found.places.values() if one.kind is PlaceKind.STREET]
    taken = {unit.telephone for unit in others}
    doors = found.campaign.doors
    return filled(
        "hotlines",
        found,
        units=sorted(others, key=lambda unit: unit.code != found.office.code),
        streets=streets,
        streets_are=sorts_of(places),
        # A unit that is called under such a number says there what it is for.
        doors=[door for door in doors if door["telephone"] not in taken],
        matters={door["telephone"]: door["matter"] for door in doors},
        office=found.office,
        hours=usual_hours(at_desks),
        stands=stands,
        no_address=not any(unit.address for unit in at_desks),
        has_policies={policy.unit_code for policy in found.policies.values()},
    )


def sorts_of(streets: Iterable[str]) -> str:
    """街道、乡镇, as far as there are any: 乡 and 镇 are the last character of their names."""
    are_townships = {name.endswith(("乡", "镇")) for name in streets}
    named = ((False, "街道"), (True, "乡镇"))
    return "、".join(sort for townships, sort in named if townships in are_townships)


def usual_hours(units: Iterable[Unit]) -> str:
    """The hours that most of these units keep, so that a page says them once."""
    kept = Counter(unit.hours for unit in units if unit.hours)
    return kept.most_common(1)[0][0] if kept else ""
