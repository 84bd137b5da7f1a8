"""The pages of the desk for lists of recipients: drafting, looking, releasing, taking down."""

from __future__ import annotations

from flask import Flask

from admin.distributions.pages import drafts, ending_pages, listing, writing_a_list
from admin.distributions.pages.blueprint import blueprint

__all__ = ["drafts", "ending_pages", "init_app", "listing", "writing_a_list"]


def init_app(app: Flask) -> None:
    """Register this desk's pages."""
    app.register_blueprint(blueprint)
