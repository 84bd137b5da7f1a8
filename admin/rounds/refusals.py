"""What the acts of a round may refuse besides what those of the ledger do."""

from __future__ import annotations


class WrongDays(Exception):
    """The days don't follow each other, or one that has to come lies behind or ahead."""


class OwnUnit(Exception):
    """Nobody looks over the unit that he serves, nor one above or below it."""


class StillOpen(Exception):
    """A unit wasn't visited, or an order isn't done."""
