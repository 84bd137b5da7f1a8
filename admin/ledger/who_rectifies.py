"""Who puts right what is found where nobody works here: the street, for a community. Pure."""

from __future__ import annotations

from portal.campaign.book import Book


def who_rectifies(book: Book, unit: str) -> str:
    """The unit that puts right what is found at a unit: itself, or the nearest above it that works
    here."""
    if book.units[unit].desk:
        return unit
    return next((one.code for one in book.above(unit) if one.desk), unit)


def finding_for(book: Book, unit: str) -> frozenset[str]:
    """The units whose finds count as a unit's own: itself, and those below it for which it puts
    right what they find."""
    return frozenset({unit, *(one for one in book.below(unit) if who_rectifies(book, one) == unit)})
