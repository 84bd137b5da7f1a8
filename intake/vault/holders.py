"""Who holds the key of each compartment of a case: one pure function, and nothing else decides
it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

REPORTER = "reporter"
# The box of a question that another unit checks: no compartment of the case itself.
VERIFICATION = "verification"


class CompartmentName(StrEnum):
    """What a compartment is for."""

    ORIGINAL = "original"
    EXTRACT = "extract"
    CONVERSATION = "conversation"
    NOTES = "notes"
    TRIAGE = "triage"
    IDENTITY = "identity"


@dataclass(frozen=True)
class Handling:
    """Who handles a case now. `decider` is the office, or the body in its stead where it is
    accused; `barred` is every unit that may not see the case."""

    unit: str
    decider: str
    barred: AbstractSet[str]
    is_tip_off: bool
    withheld: bool = False
    assisting: AbstractSet[str] = frozenset()


def holders(name: CompartmentName, handling: Handling) -> frozenset[str]:
    """The units that hold a compartment, and the reporter where it is his.

    Who decides holds everything. The lead unit and those that assist it hold the words, or only the
    extract where the words would betray the writer. What the office decided by stays with who
    decides: whom a unit was taken to accuse isn't for the next one to read. So does the identity of
    a tip-off's writer (检举控告工作规则 47), and an assisting unit never needs anybody's.
    """
    decides = frozenset({handling.decider})
    lead = frozenset({handling.unit}) - handling.barred
    units = lead | (frozenset(handling.assisting) - handling.barred)
    reporter = frozenset({REPORTER})
    match name:
        case CompartmentName.ORIGINAL:
            return decides | reporter | (frozenset() if handling.withheld else units)
        case CompartmentName.CONVERSATION:
            return decides | reporter | units
        case CompartmentName.EXTRACT | CompartmentName.NOTES:
            return decides | units
        case CompartmentName.TRIAGE:
            return decides
        case CompartmentName.IDENTITY:
            return decides if handling.is_tip_off else decides | lead


def verification_holders(asked: str, barred: AbstractSet[str]) -> frozenset[str]:
    """The units that hold the question that was put to one of them: that one, unless it is barred.
    Those who handle the case have the question among its notes."""
    return frozenset({asked}) - barred
