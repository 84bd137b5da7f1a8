"""The blueprint that these pages hang on, and who asks."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.frame import room
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
READERS = (Role.OFFICER, Role.HEAD, *OFFICE_ROLES)

blueprint = room("annexes", __name__)


def reader(session: Session) -> Hand:
    """Whoever is signed in."""
    return Reader.of(session).hand()


def of_the_office(session: Session) -> Hand:
    """The same; for whoever isn't of the office of this campaign, the page doesn't exist."""
    return Reader.of_the_office(session).hand()
