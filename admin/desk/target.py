"""Whom a case can accuse, as one choice in a list: a unit, or a person who works here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from admin.desk.recusing import Accused
from portal.campaign.book import Book

# No unit's code begins so: `staff:12` is the person of that id.
_PERSON = "staff:"


@dataclass(frozen=True)
class Target:
    """One choice: its value in a form, its name, and the unit's code where it is one."""

    value: str
    name: str
    unit: str | None = None


def targets(
    book: Book, names: Mapping[int, str], units: Collection[str], people: Iterable[int]
) -> tuple[Target, ...]:
    """Units in the campaign's order, then people."""
    return (
        *(Target(code, unit.name, code) for code, unit in book.units.items() if code in units),
        *(Target(f"{_PERSON}{one}", names[one]) for one in people),
    )


def accused_of(values: Iterable[str]) -> Accused:
    """What was chosen, sorted into units and people; what is empty chose nobody."""
    chosen = [value for value in values if value]
    people = [value for value in chosen if value.startswith(_PERSON)]
    return Accused(
        frozenset(chosen) - frozenset(people),
        frozenset(int(value.removeprefix(_PERSON)) for value in people),
    )
