"""Every number that one can call (plan 五(一)): the line itself, the units, and other doors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.campaign.book import Book, book
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, filled


@dataclass(frozen=True)
class Group:
    """Units under one heading."""

    title: str
    units: Sequence[Unit]

    @property
    def hours(self) -> str:
        """The hours that all of them keep, so that the page says them once; else empty."""
        return same_hours(self.units)


def same_hours(units: Iterable[Unit]) -> str:
    """The hours that all these units keep, or an empty string where they differ."""
    kept = {unit.hours for unit in units}
    return kept.pop() if len(kept) == 1 else ""


@blueprint.get("/hotlines")
@published_page
def hotlines() -> str:
    """The numbers."""
    with reading() as session:
        found = book(session)
    return filled("hotlines", found, groups=_groups(found), has_policies=_with_policies(found))


def _groups(found: Book) -> list[Group]:
    at_desks = [unit for unit in found.units.values() if unit.desk and unit.telephone]
    streets = [unit for unit in at_desks if unit.kind is UnitKind.STREET]
    others = [unit for unit in at_desks if unit.kind is not UnitKind.STREET]
    # The office takes what nobody else is sure of, so its number stands first.
    others.sort(key=lambda unit: unit.code != found.office.code)
    groups = [Group("各单位", others), Group("各街道、乡镇", streets)]
    return [group for group in groups if group.units]


def _with_policies(found: Book) -> set[str]:
    return {policy.unit_code for policy in found.policies.values()}
