"""The pages of filing: the lists, one case, and holding a package against its record."""

from __future__ import annotations

from flask import Flask

from admin.filing.pages import checking, listing, one_case
from admin.filing.pages.blueprint import blueprint

__all__ = ["checking", "init_app", "listing", "one_case"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
