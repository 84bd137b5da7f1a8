"""Every number that one can call (plan 五(一)): the line itself, the units, and other doors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from portal.campaign.book import Book
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.cached_pages import published_page
from portal.pages.blueprint import blueprint, book_in_force, filled


@blueprint.get("/hotlines")
@published_page
def hotlines() -> str:
    """The numbers of all units that work here; the office, which takes what is unsure, first."""
    return hotlines_of(book_in_force())


def hotlines_of(found: Book) -> str:
    """The page of a campaign."""
    at_desks = [unit for unit in found.units.values() if unit.desk and unit.telephone]
    others = [unit for unit in at_desks if unit.kind is not UnitKind.STREET]
    return filled(
        "hotlines",
        found,
        units=sorted(others, key=lambda unit: unit.code != found.office.code),
        streets=[unit for unit in at_desks if unit.kind is UnitKind.STREET],
        office=found.office,
        hours=usual_hours(at_desks),
        no_address=not any(unit.address for unit in at_desks),
        has_policies={policy.unit_code for policy in found.policies.values()},
    )


def usual_hours(units: Iterable[Unit]) -> str:
    """The hours that most of these units keep, so that a page says them once."""
    kept = Counter(unit.hours for unit in units if unit.hours)
    return kept.most_common(1)[0][0] if kept else ""
