"""The pages of the record of publicity: the list and its sums, an entry, and the whole as a
workbook."""

from __future__ import annotations

from flask import Flask

from admin.publicity.pages import exporting, listing, one_entry, writing_an_entry
from admin.publicity.pages.blueprint import blueprint

__all__ = ["exporting", "init_app", "listing", "one_entry", "writing_an_entry"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
