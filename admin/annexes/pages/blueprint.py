"""The blueprint that these pages hang on, and who asks."""

from __future__ import annotations

from flask import abort
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.ledger.hand import Hand
from portal.campaign.book import book
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
READERS = (Role.OFFICER, Role.HEAD, *OFFICE_ROLES)

blueprint = room("annexes", __name__)


def reader(session: Session) -> Hand:
    """Whoever is signed in."""
    here = book(session)
    return Hand(Access.of(signed_in(), here), here, 0)


def of_the_office(session: Session) -> Hand:
    """The same; for whoever isn't of the office of this campaign, the page doesn't exist."""
    hand = reader(session)
    return hand if hand.access.as_office else abort(404)
