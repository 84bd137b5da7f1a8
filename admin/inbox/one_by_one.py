"""Taking in several texts so that one that can't be taken in keeps no other waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from portal.foundation.logs import log_error

_Text = TypeVar("_Text")


def one_by_one(texts: Iterable[_Text], take: Callable[[_Text], bool]) -> int:
    """Take in each of some texts; returns how many were.

    Raises:
        Exception: the first that stood in the way of one, once all others had their turn: so the
            job shows it, and the text is tried again.
    """
    taken, first = 0, None
    for text in texts:
        try:
            taken += take(text)
        except Exception as failure:
            log_error(failure)
            first = first or failure
    if first:
        raise first
    return taken
