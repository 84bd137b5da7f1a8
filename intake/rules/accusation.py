"""How likely a text accuses a unit: names it, or somebody of it, as doing wrong.

In doubt a unit is accused (and the office may say otherwise): a tip-off that reaches whom it means
can't be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from intake.rules import masking
from intake.rules.masking import Masked, Names, mask
from intake.rules.words import Hit

# What stands before a masked text: whether the unit is the responsible one, whether it is named.
_RESPONSIBLE, _ANOTHER, _NAMED, _UNNAMED = "ⓡ", "ⓔ", "ⓨ", "ⓩ"
ACCUSED, SPARED = "accused", "spared"


class Sort(StrEnum):
    """What sort of body a unit is, as far as it matters who is spoken of."""

    GRASS_ROOTS = masking.GRASS_ROOTS
    DISCIPLINE = masking.DISCIPLINE
    OFFICE = masking.OFFICE
    OTHER = masking.OTHER


@dataclass(frozen=True)
class Standing:
    """A unit's sort, and the units above it."""

    sort: Sort
    above: AbstractSet[str]


@dataclass(frozen=True)
class Named:
    """A text with the names found in it."""

    text: str
    names: Names

    @property
    def codes(self) -> frozenset[str]:
        """The units that it names; a name that two units share names neither."""
        sure = (hit.codes for hit in self.names.units if len(hit.codes) == 1)
        return frozenset().union(*sure)

    def masked(self, standings: Mapping[str, Standing]) -> Masked:
        """The text without its names, asked about as a whole."""
        return mask(self.text, self.names, lambda hit: _sort(hit, standings))

    def about(self, unit: str, standings: Mapping[str, Standing], *, responsible: bool) -> Masked:
        """The text without its names, asked about one unit."""
        found = mask(self.text, self.names, lambda hit: _relation(hit, unit, standings))
        flags = _RESPONSIBLE if responsible else _ANOTHER
        flags += _NAMED if masking.ITSELF in found.text else _UNNAMED
        return Masked(flags + found.text, [(0, 0), (0, 0), *found.spans])


def _sort(hit: Hit, standings: Mapping[str, Standing]) -> str:
    sorts = {standings[code].sort for code in hit.codes} or {Sort.GRASS_ROOTS}
    return next(iter(sorts)) if len(sorts) == 1 else masking.OTHER


def _relation(hit: Hit, unit: str, standings: Mapping[str, Standing]) -> str:
    if unit in hit.codes:
        return masking.ITSELF
    if hit.codes & standings[unit].above:
        return masking.ABOVE
    sort = _sort(hit, standings)
    if sort in {masking.GRASS_ROOTS, masking.DISCIPLINE}:
        return sort
    if any(unit in standings[code].above for code in hit.codes):
        return masking.BELOW
    return masking.OTHER
