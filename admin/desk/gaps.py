"""Gaps in a draft (【…】): what a template leaves to be filled in by whoever drafts. Pure."""

from __future__ import annotations

import re

_GAP = re.compile(r"【[^【】]*】")
_MOST_NAMED = 3


class GapsLeft(Exception):
    """A draft still has gaps; `gaps` are the first of them, brackets included."""

    def __init__(self, gaps: tuple[str, ...]) -> None:
        super().__init__(len(gaps))
        self.gaps = gaps


def gaps_in(text: str) -> tuple[str, ...]:
    """The gaps of a text in their order, each once."""
    return tuple(dict.fromkeys(_GAP.findall(text)))


def check_no_gaps(text: str) -> None:
    """Refuse a text with gaps: its reporter would read them. Raises GapsLeft."""
    gaps = gaps_in(text)
    if gaps:
        raise GapsLeft(gaps[:_MOST_NAMED])
