"""Finding words in a text, each place given to the longest word that stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise


@dataclass(frozen=True)
class Words:
    """Words of two characters or more to look for, with the codes that each may mean."""

    codes: Mapping[str, frozenset[str]]

    def standing_in(self, text: str, pairs: AbstractSet[str]) -> Iterator[str]:
        """The words that stand in a text, in no order; `pairs` are the text's own."""
        for pair in pairs & self._by_pair.keys():
            yield from (word for word in self._by_pair[pair] if word in text)

    @cached_property
    def _by_pair(self) -> Mapping[str, Sequence[str]]:
        """The words by how they begin: of most words not even the beginning stands in a text."""
        found: dict[str, list[str]] = {}
        for word in self.codes:
            found.setdefault(word[:2], []).append(word)
        return found


@dataclass(frozen=True)
class Hit:
    """A word found in a text, the codes that it may mean, and where it begins."""

    word: str
    codes: frozenset[str]
    at: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at + len(self.word)


def find(text: str, words: Words, pairs: AbstractSet[str] | None = None) -> tuple[Hit, ...]:
    """The words that stand in a text, in their order there, without those inside a longer one.

    `pairs` may be given where several lists are looked for in one text.
    """
    hits: list[Hit] = []
    taken = bytearray(len(text))
    standing = words.standing_in(text, pairs_of(text) if pairs is None else pairs)
    for word in sorted(standing, key=lambda word: (-len(word), word)):
        at = text.find(word)
        while at >= 0:
            span = slice(at, at + len(word))
            if not any(taken[span]):
                taken[span] = b"\1" * len(word)
                hits.append(Hit(word, words.codes[word], at))
            at = text.find(word, at + 1)
    return tuple(sorted(hits, key=lambda hit: hit.at))


def pairs_of(text: str) -> set[str]:
    """Every two neighbouring characters of a text."""
    return {first + second for first, second in pairwise(text)}


def agreed(hits: Sequence[Hit]) -> str | None:
    """The one code that all hits can mean; None where they name different things or nothing."""
    if not hits:
        return None
    common = frozenset.intersection(*(hit.codes for hit in hits))
    return next(iter(common)) if len(common) == 1 else None
