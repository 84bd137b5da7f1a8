"""The office's own page, its first looks, and the alarm."""

from __future__ import annotations

from flask import Flask

from admin.office.pages import overview
from admin.office.pages.blueprint import blueprint

__all__ = ["init_app", "overview"]


def init_app(app: Flask) -> None:
    """Register the office's pages."""
    app.register_blueprint(blueprint)
