"""Who keeps requests about one's own information, and what an act on one may refuse."""

from __future__ import annotations

from portal.foundation.staff import Role

KEEPING_ROLES = (Role.OFFICE, Role.OFFICE_HEAD, Role.DISCIPLINE)


class AlreadyDecided(Exception):
    """It waits no more; what was answered stays."""


class SomebodyWasFaster(Exception):
    """It changed since the page was opened."""


class CaseIsDestroyed(Exception):
    """What was typed about the case that it is about was destroyed: nothing can be put into it."""


class NeedsText(Exception):
    """A text is needed, and none was given."""


class NeedsGround(Exception):
    """Something is refused without a ground, or for one for which this right can't be."""


class NeedsChoice(Exception):
    """A deletion is granted, and nobody said what is destroyed; or a part of it, and that is all
    but how whoever asked is reached."""


class NotProved(Exception):
    """Nobody has made sure yet who asks."""


class NeedsSecondPerson(Exception):
    """Who proposed a refusal can't agree to it himself."""


class NothingProposed(Exception):
    """There is no refusal that waits for a second person."""


class WaitsForSecondPerson(Exception):
    """A refusal is proposed already; the second person agrees, or sends it back."""


class NotTheirs(Exception):
    """It isn't for this person's body to do."""
