"""A text with one sign in place of each name: what it says of somebody, whoever that is.

What is learnt so of one district's units holds for every other's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intake.rules.words import Hit

# Signs that nobody types and everybody can see, since they stand in the tables of what was learnt.
POLICY, PLACE, NUMBER = "ⓟ", "ⓛ", "ⓝ"
# The unit that is asked about, those above it, those below it, and all others by their sort.
ITSELF, ABOVE, BELOW = "ⓧ", "ⓐ", "ⓑ"
GRASS_ROOTS, DISCIPLINE, OFFICE, OTHER = "ⓢ", "ⓓ", "ⓞ", "ⓤ"
ELSEWHERE = "ⓦ"
BEGIN, END = "⟦", "⟧"

_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Masked:
    """A masked text; `spans` says for each of its characters where it stands in the original."""

    text: str
    spans: Sequence[tuple[int, int]]

    def original(self, first: int, end: int) -> tuple[int, int]:
        """Where a stretch of the masked text stands in the original."""
        return self.spans[first][0], self.spans[end - 1][1]


@dataclass(frozen=True)
class Names:
    """The names in a text; `elsewhere` are those of other districts."""

    units: tuple[Hit, ...]
    policies: tuple[Hit, ...]
    places: tuple[Hit, ...]
    elsewhere: tuple[Hit, ...]


def mask(text: str, names: Names, sign_of: Callable[[Hit], str]) -> Masked:
    """Put a sign in place of each name, number and blank. `sign_of` gives that of a unit, whose
    name goes before a policy's and a place's."""
    signs: list[tuple[int, int, str]] = []
    free = bytearray(b"\1" * len(text))
    named = [(h.at, h.end, sign_of(h)) for h in names.units]
    named += [(h.at, h.end, POLICY) for h in names.policies]
    named += [(h.at, h.end, PLACE) for h in names.places]
    named += [(h.at, h.end, ELSEWHERE) for h in names.elsewhere]
    named += [(*one.span(), NUMBER) for one in _DIGITS.finditer(text)]
    named += [(*one.span(), " ") for one in _BLANKS.finditer(text)]
    for first, end, sign in named:
        if all(free[first:end]):
            free[first:end] = bytes(end - first)
            signs.append((first, end, sign))
    return _woven(text, sorted(signs))


def _woven(text: str, signs: Sequence[tuple[int, int, str]]) -> Masked:
    woven, spans, at = [BEGIN], [(0, 0)], 0
    for first, end, sign in [*signs, (len(text), len(text), END)]:
        woven.extend(text[at:first])
        spans.extend((place, place + 1) for place in range(at, first))
        woven.append(sign)
        spans.append((first, end))
        at = end
    return Masked("".join(woven), spans)
