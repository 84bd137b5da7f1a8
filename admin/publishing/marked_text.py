"""A text cut into pieces, so that a page can mark what was found in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def marked(text: str, passages: Iterable[str]) -> list[tuple[str, bool]]:
    """The pieces of a text in order; True where a piece belongs to one of the passages."""
    hit = [False] * len(text)
    for passage in set(passages) - {""}:
        at = text.find(passage)
        while at >= 0:
            hit[at : at + len(passage)] = [True] * len(passage)
            at = text.find(passage, at + 1)
    pieces: list[tuple[str, bool]] = []
    for character, inside in zip(text, hit, strict=True):
        if pieces and pieces[-1][1] is inside:
            pieces[-1] = (pieces[-1][0] + character, inside)
        else:
            pieces.append((character, inside))
    return pieces
