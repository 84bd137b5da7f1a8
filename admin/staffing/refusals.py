"""Why something isn't done to an account."""

from __future__ import annotations


class NoSuchChange(LookupError):
    """There is no such change, or none that concerns this person."""


class NoSuchPerson(LookupError):
    """Nobody of that id works here."""


class ForHimself(Exception):
    """Nobody asks for, or agrees to, what concerns himself."""


class NeedsAnother(Exception):
    """Who asked for a change can't agree to it."""


class NameTaken(Exception):
    """Somebody who works here has this sign-in name."""


class NoName(Exception):
    """A new person needs a name to sign in with."""


class HoldsItAlready(Exception):
    """The person holds this post."""


class NotNow(Exception):
    """The change was decided, taken back, fetched, or is too old."""


class OfDiscipline(Exception):
    """The person is of discipline inspection, which alone takes its people's posts."""
