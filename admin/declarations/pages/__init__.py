"""The pages of own declarations: the list with its sums, one entry, writing and withdrawing it."""

from __future__ import annotations

from flask import Flask

from admin.declarations.pages import listing, one_entry, writing_an_entry
from admin.declarations.pages.blueprint import blueprint

__all__ = ["init_app", "listing", "one_entry", "writing_an_entry"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
