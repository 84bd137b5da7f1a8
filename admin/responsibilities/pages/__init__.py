"""The pages of who is in charge: the list, a row, its changes, and the whole as a spreadsheet."""

from __future__ import annotations

from flask import Flask

from admin.responsibilities.pages import changes, exporting, importing, listing, one_row
from admin.responsibilities.pages.blueprint import blueprint

__all__ = ["changes", "exporting", "importing", "init_app", "listing", "one_row"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
