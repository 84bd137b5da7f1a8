"""Reading free Chinese text: which policies, problems, units and places it names, and who did
wrong.

Nothing is learnt and nothing is guessed: every finding is a word that stands in the text. The
machine only suggests and routes; it never declines or closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_CLAUSES = re.compile(r"[，。；！？,;!?\n\r]+")
# How far behind a unit's name a word of wrongdoing still says what that unit did.
_REACH = 24
# Before a unit's name these say that it is asked or told, not that it did wrong.
_ADDRESSED = ("请", "请求", "向", "找", "给", "跟", "告诉", "希望", "要求")


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
class Lexicon:
    """Words of a campaign."""

    policies: Words
    problems: Words
    units: Words
    places: Words
    cues: Sequence[tuple[str, frozenset[str]]]
    wrongdoing: frozenset[str]
    banks: frozenset[str]


@dataclass(frozen=True)
class Hit:
    """A word found in the text, and the codes that it may mean."""

    word: str
    codes: frozenset[str]
    at: int


@dataclass(frozen=True)
class Reading:
    """What a text says. `kind` is None where no word tells."""

    kind: str | None
    policies: tuple[Hit, ...]
    problems: tuple[Hit, ...]
    units: tuple[Hit, ...]
    places: tuple[Hit, ...]
    accused: frozenset[str]
    bank: bool


def read(text: str, lexicon: Lexicon) -> Reading:
    """Find every word of the lexicon; where words overlap the longest counts."""
    pairs = _pairs_of(text)
    return Reading(
        kind=_kind(text, lexicon),
        policies=_find(text, pairs, lexicon.policies),
        problems=_find(text, pairs, lexicon.problems),
        units=_find(text, pairs, lexicon.units),
        places=_find(text, pairs, lexicon.places),
        accused=_accused(text, lexicon),
        bank=any(word in text for word in lexicon.banks),
    )


def find(text: str, words: Words) -> tuple[Hit, ...]:
    """The words that stand in a text, in their order there, without those inside a longer one."""
    return _find(text, _pairs_of(text), words)


def _pairs_of(text: str) -> set[str]:
    return {first + second for first, second in pairwise(text)}


def _find(text: str, pairs: AbstractSet[str], words: Words) -> tuple[Hit, ...]:
    hits: list[Hit] = []
    taken = bytearray(len(text))
    for word in sorted(words.standing_in(text, pairs), key=lambda word: (-len(word), word)):
        at = text.find(word)
        while at >= 0:
            span = slice(at, at + len(word))
            if not any(taken[span]):
                taken[span] = b"\1" * len(word)
                hits.append(Hit(word, words.codes[word], at))
            at = text.find(word, at + 1)
    return tuple(sorted(hits, key=lambda hit: hit.at))


def agreed(hits: Sequence[Hit]) -> str | None:
    """The one code that all hits can mean; None where they name different things or nothing."""
    if not hits:
        return None
    common = frozenset.intersection(*(hit.codes for hit in hits))
    return next(iter(common)) if len(common) == 1 else None


def most_named(hits: Sequence[Hit]) -> str | None:
    """The code that the most words point at; None where two are equal."""
    votes: dict[str, float] = {}
    for hit in hits:
        for code in hit.codes:
            votes[code] = votes.get(code, 0) + len(hit.word) / len(hit.codes)
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _kind(text: str, lexicon: Lexicon) -> str | None:
    return next((kind for kind, words in lexicon.cues if any(w in text for w in words)), None)


def _accused(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Units that the text names as doing wrong: named before a word of wrongdoing in the same
    clause."""
    found: set[str] = set()
    for clause in _CLAUSES.split(text):
        wrong = [clause.find(word) for word in lexicon.wrongdoing if word in clause]
        if not wrong:
            continue
        for hit in find(clause, lexicon.units):
            if clause[: hit.at].endswith(_ADDRESSED):
                continue
            end = hit.at + len(hit.word)
            if any(end <= at <= end + _REACH for at in wrong):
                found |= hit.codes
    return frozenset(found)
