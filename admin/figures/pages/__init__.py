"""The pages of the figures: a table to read, and the same as a file."""

from __future__ import annotations

from flask import Flask

from admin.figures.pages import figures_page
from admin.figures.pages.blueprint import blueprint

__all__ = ["figures_page", "init_app"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
