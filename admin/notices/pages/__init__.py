"""The pages of notices at the desk: what waits, writing, reading and releasing, withdrawing."""

from __future__ import annotations

from flask import Flask

from admin.notices.pages import draft_page, history, listing, withdrawal, writing_page
from admin.notices.pages.blueprint import blueprint

__all__ = ["draft_page", "history", "init_app", "listing", "withdrawal", "writing_page"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
