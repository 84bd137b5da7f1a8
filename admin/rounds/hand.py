"""Who acts on a round, and what an act may refuse."""

from __future__ import annotations

from dataclasses import dataclass

from admin.accounts.access import Access
from portal.campaign.book import Book


@dataclass(frozen=True)
class Hand:
    """Who acts on which version, with the campaign's book at hand; 0 where nothing stands yet."""

    access: Access
    book: Book
    version: int


class SomebodyWasFaster(Exception):
    """It changed since its page was opened; the writer keeps his text and looks again."""


class NotAllowed(Exception):
    """Not by this person, or not now."""


class NeedsText(Exception):
    """A text is asked for, and none was given."""


class WrongDays(Exception):
    """The days don't follow each other, or one that has to come lies behind or ahead."""


class OwnUnit(Exception):
    """Nobody looks over the unit that he serves, nor one above or below it."""


class StillOpen(Exception):
    """A unit wasn't visited, or an order isn't done."""
