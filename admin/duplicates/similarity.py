"""How alike two texts are: the share of pairs of neighbouring characters that they have in common.

It needs no dictionary, and a word that somebody left out or wrote otherwise changes little.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise


def pairs_in(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, whatever its width, case, spaces and
    points."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = [character for character in folded if character.isalnum()]
    return frozenset(one + other for one, other in pairwise(kept))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0, nothing in common, to 1, the same (Jaccard's index); texts without a pair are like
    nothing."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0
