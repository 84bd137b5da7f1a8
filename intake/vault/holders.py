"""Who holds the key of each compartment of a case: one pure function, and nothing else decides
it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

REPORTER = "reporter"


class CompartmentName(StrEnum):
    """What a compartment is for."""

    ORIGINAL = "original"
    EXTRACT = "extract"
    CONVERSATION = "conversation"
    NOTES = "notes"
    IDENTITY = "identity"


@dataclass(frozen=True)
class Handling:
    """Who handles a case now. `barred` is every unit that may not see it."""

    unit: str
    office: str
    barred: AbstractSet[str]
    is_tip_off: bool
    withheld: bool = False


def holders(name: CompartmentName, handling: Handling) -> frozenset[str]:
    """The units that hold a compartment, and the reporter where it is his.

    The office holds everything, unless it is barred. The handling unit holds the words, or only the
    extract where the words would betray the writer. The identity of a tip-off's writer stays with
    the office, or with the body that handles the case in its stead (检举控告工作规则 47).
    """
    office = frozenset({handling.office}) - handling.barred
    unit = frozenset({handling.unit}) - handling.barred
    reporter = frozenset({REPORTER})
    match name:
        case CompartmentName.ORIGINAL:
            return (office if handling.withheld and office else office | unit) | reporter
        case CompartmentName.CONVERSATION:
            return office | unit | reporter
        case CompartmentName.EXTRACT | CompartmentName.NOTES:
            return office | unit
        case CompartmentName.IDENTITY:
            return (office or unit) if handling.is_tip_off else office | unit
