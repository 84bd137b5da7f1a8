"""What changed between two texts, sentence by sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_SENTENCES = re.compile(r"[^。！？；\n]*(?:[。！？；]|\n|$)")


class Change(StrEnum):
    """What became of a piece of the text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Some sentences in a row that share one fate."""

    change: Change
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order; put together, those that aren't gone are `after`, those
    that aren't new are `before`."""
    old, new = _sentences(before), _sentences(after)
    pieces: list[Piece] = []
    for _, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[first:last] == new[begin:end]:
            pieces += _piece(Change.SAME, new[begin:end])
        else:
            pieces += [*_piece(Change.GONE, old[first:last]), *_piece(Change.NEW, new[begin:end])]
    return pieces


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCES.findall(text) if one]


def _piece(change: Change, sentences: Sequence[str]) -> list[Piece]:
    return [Piece(change, "".join(sentences))] if sentences else []
