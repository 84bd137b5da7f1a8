"""The sealed class (密件): which cases only discipline inspection's readers hold, by a key of their
own that doesn't lie under the master key.

What accuses those who run the line, or its machine, must not open by what they can reach: the
office and the bodies above it (信访工作条例 30(3)), the lower level of discipline inspection, and
the system's administrators.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True)
class Guarded:
    """Whom an accusation of seals a case: the office, the units `above_office`, those
    `below_discipline` inspection, and people who administer the system."""

    office: str
    discipline: str
    above_office: AbstractSet[str]
    below_discipline: AbstractSet[str]
    administrators: AbstractSet[int]


def is_sealed(barred: AbstractSet[str], people: AbstractSet[int], guarded: Guarded) -> bool:
    """Whether a case that is kept from these units and people belongs to the class. What accuses
    discipline inspection itself goes to the body above, which no reader of the class serves."""
    if guarded.discipline in barred:
        return False
    units = {guarded.office} | guarded.above_office | guarded.below_discipline
    return bool(units & barred) or bool(guarded.administrators & people)


def kept_from(units: AbstractSet[str], discipline: str) -> frozenset[str]:
    """The units that a sealed case is kept from, whomever it accuses: all but discipline
    inspection. Whoever else got it would hold it by a key under the master key."""
    return frozenset(units) - {discipline}
