"""The one function that says which cases a person may see. Every list, count, search and page asks
it; what it leaves out answers exactly as what doesn't exist."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.rules.lifecycle import Actor, State
from portal.campaign.book import Book
from portal.foundation.staff import Role, Staff


class NoSuchCase(LookupError):
    """There is no such case, or none that this person may see: nobody is told which."""


@dataclass(frozen=True)
class Access:
    """What one person may see: the cases of his units, or all as the office, less those that bar
    him."""

    staff_id: int
    units: frozenset[str]
    desks: frozenset[str]
    heads: frozenset[str]
    as_office: bool
    office_code: str

    @classmethod
    def of(cls, staff: Staff, campaign_book: Book) -> Access:
        """The access of a member of staff. An auditor or system administrator sees no case."""
        office = campaign_book.campaign.office_code
        desks = staff.units_as(
            Role.OFFICER, Role.HEAD, Role.DISCIPLINE, Role.OFFICE, Role.OFFICE_HEAD
        )
        return cls(
            staff_id=staff.id,
            units=staff.unit_codes,
            desks=desks,
            heads=staff.units_as(Role.HEAD, Role.OFFICE_HEAD, Role.DISCIPLINE),
            as_office=office in staff.units_as(Role.OFFICE, Role.OFFICE_HEAD),
            office_code=office,
        )

    @property
    def openers(self) -> frozenset[str]:
        """The units as which this person may open compartments."""
        return self.desks

    def actors(self, case: Case) -> frozenset[Actor]:
        """Which hats of the life-cycle table this person wears for a case that he may see."""
        hats: set[Actor] = set()
        if case.unit_code in self.desks:
            hats.add(Actor.OFFICER)
        if case.unit_code in self.heads:
            hats.add(Actor.HEAD)
        if self.as_office or self._stands_in_for_the_office(case):
            hats.add(Actor.OFFICE)
        return frozenset(hats)

    def _stands_in_for_the_office(self, case: Case) -> bool:
        """Where the office is barred, whoever holds a case that waits decides on it."""
        waits = case.state in {State.REGISTERED, State.RETURNED}
        return waits and case.unit_code in self.desks


def visible(access: Access) -> ColumnElement[bool]:
    """The condition under which a case exists for this person.

    Somebody who serves an accused unit as well as another one is barred too: he is the same person.
    """
    if not access.desks:
        return false()
    scope = true() if access.as_office else Case.unit_code.in_(access.desks)
    bars = select(Bar.id).where(
        Bar.case_id == Case.id,
        or_(Bar.unit_code.in_(access.units), Bar.staff_id == access.staff_id),
    )
    return and_(scope, or_(~Case.barred, ~bars.exists()))


def find_case(session: Session, access: Access, number: str, *, to_change: bool = False) -> Case:
    """The case of that number. `to_change` holds the row, so that the later of two writers sees
    the earlier.

    Raises:
        NoSuchCase: it doesn't exist, or not for this person.
    """
    wanted = select(Case).where(Case.number == number, visible(access))
    case = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if case is None:
        raise NoSuchCase(number)
    return case
