"""Phrases as people write them, as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_IN_CLAUSE = r"[^，。；！？,;!?\n\r]"


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


def phrases(patterns: Iterable[str]) -> Phrases:
    """Phrases of a list; a doubled pattern counts once. A gap (`.{0,6}`) ends where its clause
    does: what stands behind a comma is said of something else."""
    within = (pattern.replace(".{", f"{_IN_CLAUSE}{{") for pattern in patterns)
    return Phrases(tuple(dict.fromkeys(within)))
