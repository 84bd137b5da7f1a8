"""Who holds the key of each compartment of a case: one pure function, and nothing else decides
it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

REPORTER = "reporter"
# Whoever reads the sealed class (密件): the one holder that is no unit and has no key under the
# master key.
SEALED = "sealed-class"
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
    REFERRAL = "referral"
    # What the reporter of a case that was just sealed writes until the worker has come by.
    INTERIM = "interim"


# The boxes that are the reporter's, too.
OF_REPORTER = frozenset(
    {CompartmentName.ORIGINAL, CompartmentName.CONVERSATION, CompartmentName.INTERIM}
)


@dataclass(frozen=True)
class Handling:
    """Who handles a case now. `decider` is the office, or the body in its stead where it is
    accused; `barred` is every unit that may not see the case; `referred` are the bodies that a part
    of it was referred to and that read it here, `referred_contact` those that have the contact.
    `sealed_to` is the one holder of a sealed case, empty for any other: the sealed class, or
    discipline inspection as long as the class isn't founded."""

    unit: str
    decider: str
    barred: AbstractSet[str]
    is_tip_off: bool
    withheld: bool = False
    assisting: AbstractSet[str] = frozenset()
    referred: AbstractSet[str] = frozenset()
    referred_contact: AbstractSet[str] = frozenset()
    sealed_to: str = ""


def holders(name: CompartmentName, handling: Handling) -> frozenset[str]:
    """The units that hold a compartment, and the reporter where it is his.

    Who decides holds everything. The lead unit and those that assist it hold the words, or only the
    extract where the words would betray the writer. What the office decided by stays with who
    decides: whom a unit was taken to accuse isn't for the next one to read. So does the identity of
    a tip-off's writer (检举控告工作规则 47), and an assisting unit never needs anybody's.

    A body that the case was referred to reads what the reporter wrote and was told, his contact
    only where whoever decided gave it; nothing of what the units noted. What is written about its
    referral is for it and for who decides.

    A sealed case is its class's alone, whoever else would have had it.
    """
    if handling.sealed_to:
        shared = name in OF_REPORTER
        return frozenset({handling.sealed_to, REPORTER} if shared else {handling.sealed_to})
    return _of_units(name, handling)


def _of_units(name: CompartmentName, handling: Handling) -> frozenset[str]:
    decides = frozenset({handling.decider})
    lead = frozenset({handling.unit}) - handling.barred
    units = lead | (frozenset(handling.assisting) - handling.barred)
    bodies = frozenset(handling.referred) - handling.barred
    reporter = frozenset({REPORTER})
    match name:
        case CompartmentName.ORIGINAL:
            return decides | reporter | bodies | (frozenset() if handling.withheld else units)
        case CompartmentName.CONVERSATION | CompartmentName.INTERIM:
            return decides | reporter | bodies | units
        case CompartmentName.EXTRACT | CompartmentName.NOTES:
            return decides | units
        case CompartmentName.TRIAGE:
            return decides
        case CompartmentName.REFERRAL:
            return decides | bodies
        case CompartmentName.IDENTITY:
            given = frozenset(handling.referred_contact) & bodies
            return decides | given | (frozenset() if handling.is_tip_off else lead)


def opener_of(unit: str, *, sealed: bool) -> str:
    """The holder as whom a unit opens a case: a sealed one as its class."""
    return SEALED if sealed else unit


def verification_holders(asked: str, barred: AbstractSet[str]) -> frozenset[str]:
    """The units that hold the question that was put to one of them: that one, unless it is barred.
    Those who handle the case have the question among its notes."""
    return frozenset({asked}) - barred
