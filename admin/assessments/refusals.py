"""What the acts of an assessment may refuse besides what those of the ledger and of rounds do."""

from __future__ import annotations


class NoListYet(Exception):
    """A street hasn't said yet how many rows its list has."""


class WrongNumber(Exception):
    """So many can't be: none, or more than there are."""


class TooFewHouseholds(Exception):
    """So few are to be drawn that a street could get hardly any."""


class WrongMark(Exception):
    """A list has to be known again: by its SHA-256, or by the number of a sealed paper copy."""


class NothingAnswered(Exception):
    """An answered questionnaire has one answer at least."""
