"""The blueprint that the public site's pages hang on, and how each of them is filled."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template

from portal.campaign.book import Book, book, campaign_revision
from portal.foundation.cached_pages import PublishedPages
from portal.foundation.database import reading

blueprint = Blueprint("portal", __name__)

_BOOK = "portal_book"


def book_in_force() -> Book:
    """The campaign, for a page that shows nothing else.

    The revision is read below SQLAlchemy, as for the kept pages; a session is opened only when it
    has changed.

    Raises:
        NoCampaign: nothing was loaded.
    """
    pages: PublishedPages = current_app.extensions["published_pages"]
    shelf = pages.shelf()
    kept: tuple[int, Book] | None = current_app.extensions.get(_BOOK)
    if kept is None or shelf is None or kept[0] != shelf.stamp[0]:
        with reading() as session:
            kept = current_app.extensions[_BOOK] = (campaign_revision(session), book(session))
    return kept[1]


def filled(template: str, found: Book, **what: Any) -> str:
    """The page of `templates/portal/<template>.html`.

    The book in hand spares the frame a reading of its own.
    """
    return render_template(f"portal/{template}.html", campaign=found.campaign, **what)
