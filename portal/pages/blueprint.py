"""The blueprint that the public site's pages hang on, and how each of them is filled."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from portal.campaign.book import Book

blueprint = Blueprint("portal", __name__)


def filled(template: str, found: Book, **what: Any) -> str:
    """The page of `templates/portal/<template>.html`.

    The book in hand spares the frame a reading of its own.
    """
    return render_template(f"portal/{template}.html", campaign=found.campaign, **what)
