"""The pages of the publishing desk: what waits, writing a draft, reading and releasing it."""

from __future__ import annotations

from flask import Flask

from admin.publishing.pages import drafts, listing, withdrawal, writing_a_draft
from admin.publishing.pages.blueprint import blueprint

__all__ = ["drafts", "init_app", "listing", "withdrawal", "writing_a_draft"]


def init_app(app: Flask) -> None:
    """Register the publishing desk's pages."""
    app.register_blueprint(blueprint)
