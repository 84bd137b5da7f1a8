"""The pages of the public figures: the months, a draft as the public will read it, withdrawing."""

from __future__ import annotations

from flask import Flask

from admin.public_figures.pages import drafts, listing, withdrawing
from admin.public_figures.pages.blueprint import blueprint

__all__ = ["drafts", "init_app", "listing", "withdrawing"]


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)
