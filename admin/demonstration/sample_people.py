"""Sample staff for a demonstration: every role once, drawn from whatever campaign is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts import password
from admin.accounts.role_names import ROLE_NAMES
from admin.accounts.sample_staff import add_sample_staff
from admin.publishing.desk import Publisher
from portal.campaign.book import Book
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.staff import Post, Role, Staff

# Everybody may know it: it opens nothing but accounts that are marked as samples.
PASSWORD = "huimin-yangli-denglu"  # noqa: S105
_STREETS = 2
_WITH_DESKS = frozenset(
    {UnitKind.LEAD, UnitKind.DEPARTMENT, UnitKind.SECTION, UnitKind.COORDINATOR}
)


@dataclass(frozen=True)
class Person:
    """One sample person before he has an account."""

    name: str
    unit: Unit
    role: Role
    number: str = ""

    @property
    def display_name(self) -> str:
        """What colleagues read; nobody can take it for a real name."""
        return f"样例{ROLE_NAMES[self.role]}{self.number}·{self.unit.short_name}"


def people(book: Book, *, streets: int | None = _STREETS) -> list[Person]:
    """An officer and a head for each department and for some streets (None: all), two who go from
    door to door, the roles of the office, and those who look over its shoulder."""
    found = [
        Person(f"{unit.code.lower()}-{role}", unit, role)
        for unit in _departments(book, streets)
        for role in (Role.OFFICER, Role.HEAD)
    ]
    found += [
        Person(f"checker-{number}", unit, Role.CHECKER)
        for number, unit in enumerate(_with_checkers(book), 1)
    ]
    office, discipline = book.office, book.units[book.campaign.discipline_code]
    found += [
        Person("office", office, Role.OFFICE),
        Person("office-head", office, Role.OFFICE_HEAD),
        Person("publisher-1", office, Role.PUBLISHER, "一"),
        Person("publisher-2", office, Role.PUBLISHER, "二"),
        Person("clerk", office, Role.INTAKE_CLERK),
        Person("system-admin", office, Role.SYSTEM_ADMIN),
        Person("discipline", discipline, Role.DISCIPLINE),
        # Two, since one reader of the sealed class may be ill, or named in a case himself.
        Person("discipline-2", discipline, Role.DISCIPLINE, "二"),
    ]
    audit = next((u for u in book.units.values() if u.kind is UnitKind.AUDIT), None)
    if audit is None:
        return found
    # Two, since it takes two to carry a case that accuses all the others.
    auditors = (("auditor", "一"), ("auditor-2", "二"))
    return [*found, *(Person(name, audit, Role.AUDITOR, number) for name, number in auditors)]


def add_people(session: Session, book: Book, password_hash: str) -> dict[tuple[str, Role], Staff]:
    """Add them, or what is missing of them; found again by unit and role."""
    wanted = people(book)
    found = samples_of(session, wanted, password_hash)
    return {(one.unit.code, one.role): staff for one, staff in zip(wanted, found, strict=True)}


def samples_of(session: Session, wanted: Iterable[Person], password_hash: str) -> list[Staff]:
    """The sample accounts of these people, made where they are missing."""
    return [
        add_sample_staff(
            session,
            name=one.name,
            display_name=one.display_name,
            posts=[(one.unit.code, one.role)],
            password_hash=password_hash,
        )
        for one in wanted
    ]


def publishers(session: Session, campaign_book: Book) -> list[Publisher]:
    """The sample people who publish, in the order in which they came."""
    office = campaign_book.campaign.office_code
    sample = select(Staff).where(Staff.sample).order_by(Staff.id)
    posted = sample.join(Post, Post.staff_id == Staff.id).where(
        Post.unit_code == office, Post.role == Role.PUBLISHER
    )
    return [Publisher.of(one, campaign_book) for one in session.scalars(posted)]


def password_hash() -> str:
    """The sample password's hash; takes a while, so call it outside any transaction."""
    return password.hashed(PASSWORD)


def _departments(book: Book, streets: int | None) -> Iterator[Unit]:
    """Departments and sections with a desk, and the first streets of the list."""
    left = len(book.units) if streets is None else streets
    for unit in book.units.values():
        if unit.desk and unit.kind in _WITH_DESKS:
            yield unit
        elif unit.desk and unit.kind is UnitKind.STREET and left > 0:
            left -= 1
            yield unit


def _with_checkers(book: Book) -> list[Unit]:
    """The first street of the list that has communities, and the first of these."""
    communities = [one for one in book.units.values() if one.kind is UnitKind.COMMUNITY]
    first = next((one for one in communities if one.parent_code and not one.desk), None)
    return [book.units[first.parent_code], first] if first and first.parent_code else []
