"""Who may check whom: nobody his own unit, nor one above or below it. Pure."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from portal.campaign.book import Book


def may_check(book: Book, own: AbstractSet[str], unit: str) -> bool:
    """Whether somebody who serves these units may check another one."""
    return not any(one == unit or unit in book.below(one) or one in book.below(unit) for one in own)


def kept_from(book: Book, own: AbstractSet[str]) -> frozenset[str]:
    """The codes of the units that somebody who serves these may not check."""
    return frozenset(code for code in book.units if not may_check(book, own, code))
