"""The pages for what stands elsewhere: the record, and the export."""

from __future__ import annotations

from flask import Flask

from admin.appearances.pages import appearances, ending, exporting
from admin.appearances.pages.blueprint import blueprint

__all__ = ["appearances", "ending", "exporting", "init_app"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
