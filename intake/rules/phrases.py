"""Phrases as people write them, as regular expressions; and what takes their force away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

# How far before a phrase a denial still reaches, within its clause.
_REACH = 10
_IN_CLAUSE = r"[^，。；！？,;!?\n\r]"
_ENDS_CLAUSE = re.compile(r"[，。；！？,;!?\n\r]")


@dataclass(frozen=True)
class Phrases:
    """A list of regular expressions, tried together."""

    patterns: tuple[str, ...]

    @cached_property
    def _together(self) -> re.Pattern[str]:
        # Nothing at all must match nowhere, and not everywhere.
        return re.compile("|".join(self.patterns) if self.patterns else r"(?!)")

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in a text."""
        return self._together.search(text)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the phrases stand in a text."""
        return [found.span() for found in self._together.finditer(text) if found.group()]

    def found_in(self, text: str) -> tuple[str, ...]:
        """The different phrases that stand in a text, in the order of their first coming."""
        found = (one.group() for one in self._together.finditer(text))
        return tuple(dict.fromkeys(phrase for phrase in found if phrase))


def undenied(text: str, phrases: Phrases, denials: Phrases) -> list[tuple[int, int]]:
    """Where phrases stand that no denial before them in the same clause takes back."""
    return [span for span in phrases.spans(text) if not _is_denied(text, span[0], denials)]


def _is_denied(text: str, at: int, denials: Phrases) -> bool:
    before = text[max(0, at - _REACH) : at]
    ends = [end.end() for end in _ENDS_CLAUSE.finditer(before)]
    return denials.search(before[ends[-1] :] if ends else before) is not None


def phrases(patterns: Iterable[str]) -> Phrases:
    """Phrases of a list; a doubled pattern counts once. A gap (`.{0,6}`) ends where its clause
    does: what stands behind a comma is said of something else."""
    within = (pattern.replace(".{", f"{_IN_CLAUSE}{{") for pattern in patterns)
    return Phrases(tuple(dict.fromkeys(within)))
