"""Who keeps declarations: a unit its own, the office and discipline inspection those of all.

Small numbers point to people, so that no unit learns another's.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, true

from admin.declarations.declaration import Declaration
from portal.campaign.book import Book
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.staff import Role, Staff

_UNIT_ROLES = (Role.OFFICER, Role.HEAD)
_OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
ROLES = (*_UNIT_ROLES, *_OFFICE_ROLES, Role.DISCIPLINE)
# Whose people are counted elsewhere: a community's with its street.
_HAVE_NONE = frozenset({UnitKind.COMMUNITY})


class NotAKeeper(Exception):
    """This person keeps no declarations: his roles are others, or held elsewhere."""


@dataclass(frozen=True)
class Keeper:
    """Somebody who keeps declarations. `units` are those as which he opens what is sealed; who
    `sees_all` is of the office or of discipline inspection."""

    staff_id: int
    units: frozenset[str]
    sees_all: bool
    book: Book

    @classmethod
    def of(cls, staff: Staff, book: Book) -> Keeper:
        """The keeper behind a member of staff.

        Raises:
            NotAKeeper: he is none.
        """
        campaign = book.campaign
        above = {campaign.office_code} & staff.units_as(*_OFFICE_ROLES)
        above |= {campaign.discipline_code} & staff.units_as(Role.DISCIPLINE)
        units = staff.units_as(*_UNIT_ROLES) | above
        if not units:
            raise NotAKeeper(staff.name)
        return cls(staff.id, units, bool(above), book)

    @property
    def visible(self) -> ColumnElement[bool]:
        """The condition under which an entry exists for him."""
        return true() if self.sees_all else Declaration.unit_code.in_(self.units)

    @property
    def writes_of(self) -> list[Unit]:
        """The units of which he writes, in the campaign's order."""
        return [
            one
            for one in self.book.units.values()
            if one.code in self.units or (self.sees_all and one.desk and one.kind not in _HAVE_NONE)
        ]

    def holders_of(self, unit: str) -> frozenset[str]:
        """Who holds what is typed about a unit."""
        campaign = self.book.campaign
        return frozenset({unit, campaign.office_code, campaign.discipline_code})
