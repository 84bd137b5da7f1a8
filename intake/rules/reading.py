"""Reading free Chinese text: which policies, problems, units and places it names, and who did
wrong.

Nothing is learnt and nothing is guessed: every finding is a word that stands in the text. The
machine only suggests and routes; it never declines or closes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_CLAUSES = re.compile(r"[，。；！？,;!?\n\r]+")
# How far behind a unit's name a word of wrongdoing still says what that unit did.
_REACH = 24
# Before a unit's name these say that it is asked or told, not that it did wrong.
_ADDRESSED = ("请", "请求", "向", "找", "给", "跟", "告诉", "希望", "要求")


@dataclass(frozen=True)
class Lexicon:
    """Words of a campaign. Each mapping goes from a word to the codes that it may mean."""

    policies: Mapping[str, frozenset[str]]
    problems: Mapping[str, frozenset[str]]
    units: Mapping[str, frozenset[str]]
    places: Mapping[str, frozenset[str]]
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
    units = find(text, lexicon.units)
    return Reading(
        kind=_kind(text, lexicon),
        policies=find(text, lexicon.policies),
        problems=find(text, lexicon.problems),
        units=units,
        places=find(text, lexicon.places),
        accused=_accused(text, lexicon),
        bank=any(word in text for word in lexicon.banks),
    )


def find(text: str, words: Mapping[str, frozenset[str]]) -> tuple[Hit, ...]:
    """The words that stand in a text, in their order there, without those inside a longer one."""
    hits: list[Hit] = []
    taken: list[tuple[int, int]] = []
    for word in sorted((w for w in words if w in text), key=len, reverse=True):
        at = text.find(word)
        while at >= 0:
            span = (at, at + len(word))
            if all(span[1] <= begin or end <= span[0] for begin, end in taken):
                taken.append(span)
                hits.append(Hit(word, words[word], at))
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
