"""Finding words in what people typed: full-width or half-width, capital or small, all the same.

A text is folded as a whole only where it must be, which costs twenty times as much as looking for
every spelling of a word at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

# Where characters stand that fold to something else.
_RANGES = ((0x20, 0xD800), (0xF900, 0x10000), (0x1D400, 0x1D800), (0x1F100, 0x1F300))
_SUPPLEMENT = (0x2F800, 0x2FA20)
_FEW = 100
_BEFORE, _LENGTH = 18, 70

# Pieces of a text, each with whether it is what was looked for.
Snippet = list[tuple[str, bool]]


def fold(text: str) -> str:
    """A text in the one spelling that stands for all of them."""
    return unicodedata.normalize("NFKC", text).casefold()


@dataclass(frozen=True)
class Words:
    """What is looked for: every one of some folded words."""

    all: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Words:
        """The words of a search box, parted by spaces; the same word twice is one."""
        return cls(tuple(dict.fromkeys(fold(typed).split())))

    def found_in(self, text: str) -> list[str]:
        """Those of the words that occur in a text."""
        small = text.casefold() if self._have_capitals else text
        found = [word for word in self.all if word in small]
        if len(found) < len(self.all) and self._may_be_spelt_otherwise(text):
            folded = fold(text)
            found = [word for word in self.all if word in folded]
        return found

    @cached_property
    def _have_capitals(self) -> bool:
        """Whether some character of a word is written in two sizes; Chinese ones aren't."""
        return any(word.upper() != word for word in self.all)

    def _may_be_spelt_otherwise(self, text: str) -> bool:
        others = self._other_spellings
        if len(others) > _FEW:
            return not others.isdisjoint(text)
        # Looking for each takes a tenth of looking at every character.
        for one in others:  # noqa: SIM110  # Half of `any` is making its generator.
            if one in text:
                return True
        return False

    @cached_property
    def _other_spellings(self) -> frozenset[str]:
        """The characters for which a text must be folded, since they may stand for a part of a
        word. Of Chinese words those are few, and of most none occurs."""
        spellings = _other_spellings()
        looked_for = set("".join(self.all))
        return frozenset(chain.from_iterable(spellings.get(one, ()) for one in looked_for))

    def snippet(self, text: str) -> Snippet:
        """The piece of a text around the first word, with every word in it marked."""
        folded, places = _folded_with_places(text)
        hits = sorted(_hits(folded, places, self.all))
        begin = max(0, hits[0][0] - _BEFORE) if hits else 0
        end = min(len(text), max(begin + _LENGTH, hits[0][1] if hits else 0))
        pieces = [("…", False)] if begin else []
        at = begin
        for start, stop in hits:
            if at <= start and stop <= end:
                pieces += [(text[at:start], False), (text[start:stop], True)]
                at = stop
        pieces += [(text[at:end], False), ("…" if end < len(text) else "", False)]
        return [(piece, marked) for piece, marked in pieces if piece]


def _hits(folded: str, places: Sequence[int], words: Sequence[str]) -> set[tuple[int, int]]:
    """Where words stand, as places of the text before it was folded."""
    return {
        (places[found.start()], places[found.end() - 1] + 1)
        for word in words
        for found in re.finditer(re.escape(word), folded)
    }


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """A text folded character by character, with where each of them came from."""
    folded = [(one, place) for place, character in enumerate(text) for one in fold(character)]
    return "".join(one for one, _ in folded), [place for _, place in folded]


@cache
def _other_spellings() -> dict[str, set[str]]:
    """Which characters, by more than being capitals, may fold to one or to a part of it."""
    found: dict[str, set[str]] = {}
    for character in _characters():
        folded = fold(character)
        if folded != character.casefold():
            for one in folded:
                found.setdefault(one, set()).add(character)
        for mark in _marks(character):
            found.setdefault(folded[0], set()).add(mark)
    return found


def _marks(character: str) -> str:
    """What follows a character where it is written in two."""
    return unicodedata.normalize("NFKD", character)[1:] if fold(character) else ""


def _characters() -> chain[str]:
    return chain.from_iterable(map(chr, range(*span)) for span in (*_RANGES, _SUPPLEMENT))
