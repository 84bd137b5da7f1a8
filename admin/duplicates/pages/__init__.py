"""The pages of duplicates: what is suggested for a case, two cases side by side, and tying them."""

from __future__ import annotations

from flask import Flask

from admin.duplicates.pages import pair_page, suggestions_page
from admin.duplicates.pages.blueprint import blueprint

__all__ = ["init_app", "pair_page", "suggestions_page"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
