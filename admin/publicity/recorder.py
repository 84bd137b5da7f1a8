"""Who keeps the record of publicity: the publishing desk for every place, and each unit its own."""

from __future__ import annotations

from dataclasses import dataclass

from portal.campaign.book import Book
from portal.campaign.place import Place, PlaceKind
from portal.campaign.unit import UnitKind
from portal.foundation.staff import Role, Staff

DESK_ROLES = (Role.PUBLISHER, Role.OFFICE, Role.OFFICE_HEAD)
UNIT_ROLES = (Role.OFFICER, Role.HEAD)


class NotARecorder(Exception):
    """This person keeps no such record: his roles are others, or held elsewhere."""


@dataclass(frozen=True)
class Recorder:
    """Somebody who keeps the record. `units` are those in whose name he writes; who `sees_all` is
    at the publishing desk, and the office, which holds every entry's key, is among his."""

    staff_id: int
    units: frozenset[str]
    sees_all: bool
    book: Book

    @classmethod
    def of(cls, staff: Staff, book: Book) -> Recorder:
        """The recorder behind a member of staff.

        Raises:
            NotARecorder: he is none.
        """
        office = book.campaign.office_code
        at_desk = office in staff.units_as(*DESK_ROLES)
        units = staff.units_as(*UNIT_ROLES) | ({office} if at_desk else frozenset())
        if not units:
            raise NotARecorder(staff.name)
        return cls(staff.id, units, at_desk, book)

    def may_see(self, unit: str) -> bool:
        """Whether a unit's entries are his to read and to mend."""
        return self.sees_all or unit in self.units

    def streets_of(self, unit: str) -> list[Place]:
        """The streets that a unit may write of: a street's own, or all of them."""
        streets = [one for one in self.book.places.values() if one.kind is PlaceKind.STREET]
        if self.writes_of_district(unit):
            return streets
        return [one for one in streets if one.unit_code == unit]

    def writes_of_district(self, unit: str) -> bool:
        """Whether a unit does something for the whole district: a street or community doesn't."""
        return self.book.units[unit].kind not in {UnitKind.STREET, UnitKind.COMMUNITY}

    @property
    def streets(self) -> list[Place]:
        """All streets that he may write of, in the campaign's order."""
        own = {one.code for unit in self.units for one in self.streets_of(unit)}
        return [one for one in self.book.places.values() if one.code in own]
