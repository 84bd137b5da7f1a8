"""Where a text repeats another one, whatever spaces, marks or letter forms lie between. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Twelve characters of Chinese are a clause: whoever wrote it knows it again.
LEAST = 12


@dataclass(frozen=True)
class Letters:
    """The letters and digits of a text in plain form; `places` says where each of them stood."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text from which the letters start to end (exclusive) came."""
        return self.places[start], self.places[end - 1] + 1


def letters(text: str) -> Letters:
    """What remains of a text when width, case, spaces and marks are taken away."""
    kept: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character).casefold():
            if letter.isalnum():
                kept.append((letter, place))
    return Letters("".join(letter for letter, _ in kept), tuple(place for _, place in kept))


def coinciding(text: str, originals: Iterable[str], least: int = LEAST) -> list[tuple[int, int]]:
    """Where `text` has at least `least` letters in a row that an original has: (start, end)."""
    here = letters(text)
    pieces = {
        original[at : at + least]
        for original in (letters(one).text for one in originals)
        for at in range(len(original) - least + 1)
    }
    stretches: list[tuple[int, int]] = []
    for at in range(len(here.text) - least + 1):
        if here.text[at : at + least] not in pieces:
            continue
        if stretches and at <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], at + least)
        else:
            stretches.append((at, at + least))
    return [here.span(start, end) for start, end in stretches]


def naming(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """The stretches of `text` in which one of the names stands. A single character names nobody."""
    here = letters(text)
    found: set[tuple[int, int]] = set()
    for name in {letters(one).text for one in names}:
        at = here.text.find(name) if len(name) > 1 else -1
        while at >= 0:
            found.add(here.span(at, at + len(name)))
            at = here.text.find(name, at + 1)
    return sorted(found)
