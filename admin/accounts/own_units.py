"""Whether somebody of the office has a matter of his own before him. Who serves a unit as well as
the office acts for it, and reads of it, as the unit does: he is the same person."""

from __future__ import annotations

from admin.accounts.access import Access
from portal.campaign.book import Book


def is_ones_own(found: Book, access: Access, unit: str) -> bool:
    """Whether a unit is one that a person serves, or lies above or below one. That the office sits
    in a bureau doesn't count: it looks over that bureau, too."""
    near = {unit, *found.below(unit), *(one.code for one in found.above(unit))}
    return bool((access.units - {access.office_code}) & near)


def own_units(found: Book, access: Access) -> frozenset[str]:
    """The codes of the units of a campaign that are a person's own, for a condition on rows."""
    return frozenset(code for code in found.units if is_ones_own(found, access, code))


def keeps_the_office_s_own(found: Book, access: Access, unit: str) -> bool:
    """Whether a person reads what the office keeps from a unit, and decides about it."""
    return access.as_office and not is_ones_own(found, access, unit)


def serves_the_office_alone(access: Access) -> bool:
    """Whether a person of the office serves no other unit: only he reads what the office knows of
    every unit at once."""
    return access.as_office and access.units <= {access.office_code}
