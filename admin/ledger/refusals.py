"""What an act of the ledger, and of the rooms that feed it, may refuse."""

from __future__ import annotations


class SomebodyWasFaster(Exception):
    """The problem changed since its page was opened; the writer keeps his text and looks again."""


class StepNotAllowed(Exception):
    """The ledger's table has no such step from the problem's state for this person."""


class NeedsText(Exception):
    """The step needs a text, and none was given."""


class NeedsSecondPerson(Exception):
    """Who had a hand in a problem can't approve that it is struck off (plan 五(二)1, 逐一销号)."""


class NotVerified(Exception):
    """The case's facts weren't verified: it wasn't answered, and the office didn't confirm them."""


class OutOfScope(Exception):
    """The case lies outside the campaign's funds or years; it is answered all the same."""


class UnitHasNoDesk(Exception):
    """Nobody of this unit works here, so that a problem given to it would never be rectified."""


class MeasuresUndone(Exception):
    """No measure was recorded, or one lacks its day or its evidence."""


class DayNotCome(Exception):
    """A measure can't have been done on a day that is still to come."""


class DayPassed(Exception):
    """A day that has to lie ahead doesn't."""


class NothingChanged(Exception):
    """What was typed is what stands there already."""


class AlreadyJoined(Exception):
    """This case feeds this problem already."""


class NotYourPlace(Exception):
    """A unit enters what it found at itself, below it or in its own line; not at any other."""


class ReportersWords(Exception):
    """The office's text repeats what was written to the line, which would give the writer away.

    A name must go; a passage that coincides may stay once somebody has compared the two.
    """

    def __init__(self, passages: tuple[str, ...], *, may_stay: bool) -> None:
        super().__init__(f"{len(passages)} passages")
        self.passages = passages
        self.may_stay = may_stay
