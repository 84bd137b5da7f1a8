"""The blueprint that these pages hang on, and how what they show is found."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in
from admin.accounts.mistake_access import mistakes_visible
from admin.accounts.unlocked_class import is_unlocked_here
from admin.mistakes.answerer import Answerer
from admin.publishing.pages.room import links, publishing_room, the_one
from intake.cases.site_mistake import SiteMistake
from intake.mistakes.page_address import path_on_site
from portal.campaign.book import book

blueprint = publishing_room("mistakes", __name__)


def answerer(session: Session) -> Answerer:
    """Whoever is signed in, as somebody who answers."""
    return Answerer.of(signed_in(), book(session), unlocked=is_unlocked_here())


def the_mistake(
    session: Session, me: Answerer, number: str, *, to_change: bool = False
) -> SiteMistake:
    """The mistake of that number, if it exists for this person."""
    seen = mistakes_visible(me.access)
    wanted = select(SiteMistake).where(SiteMistake.number == number, seen)
    return the_one(session, wanted, to_change=to_change)


def address_of(page: str) -> str:
    """Where the page that a writer named is on the public site; empty where he named none by its
    address."""
    path = path_on_site(page, current_app.extensions["settings"].public_url)
    return links().in_full(path) if path else ""
