"""Everybody who plays: the sample people of each unit with a desk, and the colleagues without whom
nothing could be done by two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.demonstration.sample_people import Person, people, samples_of
from portal.campaign.book import Book
from portal.foundation.staff import Role, Staff

_WRITING = (Role.OFFICER, Role.OFFICE, Role.DISCIPLINE)
_SIGNING = (Role.HEAD, Role.OFFICE_HEAD)


@dataclass(frozen=True)
class Desk:
    """The people at one unit's desk: who does the work, and who signs it."""

    writers: tuple[Staff, ...]
    heads: tuple[Staff, ...]

    @property
    def officer(self) -> Staff:
        """Who does the work."""
        return self.writers[0]

    @property
    def head(self) -> Staff:
        """Who signs; where nobody heads the desk, its second person."""
        return (*self.heads, *self.writers[1:])[0]

    @property
    def everybody(self) -> tuple[Staff, ...]:
        """All of them."""
        return self.writers + self.heads


@dataclass(frozen=True)
class Cast:
    """The desks by their units' codes, the checkers by theirs, and the two who publish."""

    desks: Mapping[str, Desk]
    checkers: Mapping[str, Staff]
    clerk: Staff
    publishers: tuple[Staff, Staff]


def gather_cast(session: Session, book: Book, password_hash: str) -> Cast:
    """Give all of them accounts, or find those that are there."""
    everybody = [*people(book, streets=None), *_colleagues(book)]
    found = samples_of(session, everybody, password_hash)
    office = book.campaign.office_code
    by_post: dict[tuple[str, Role], tuple[Staff, ...]] = {}
    for one, staff in zip(everybody, found, strict=True):
        key = one.unit.code, one.role
        by_post[key] = (*by_post.get(key, ()), staff)
    first, second, *_ = by_post[office, Role.PUBLISHER]
    checkers = {unit: those[0] for (unit, role), those in by_post.items() if role is Role.CHECKER}
    clerk = by_post[office, Role.INTAKE_CLERK][0]
    return Cast(_desks(by_post), checkers, clerk, (first, second))


def _desks(by_post: Mapping[tuple[str, Role], tuple[Staff, ...]]) -> dict[str, Desk]:
    desks = {}
    for unit in dict.fromkeys(unit for unit, _ in by_post):
        writers, heads = (
            tuple(one for role in roles for one in by_post.get((unit, role), ()))
            for roles in (_WRITING, _SIGNING)
        )
        if len(writers + heads) > 1 and writers:
            desks[unit] = Desk(writers, heads)
    return desks


def _colleagues(book: Book) -> Iterator[Person]:
    """A second person where the work of one is looked at by another."""
    yield Person("office-2", book.office, Role.OFFICE, "二")
    for one in people(book):
        if one.role is Role.OFFICER:
            yield Person(f"{one.name}-2", one.unit, Role.OFFICER, "二")
