"""The alarm without content, and the two halves of a sealed package."""

from __future__ import annotations

from flask import Flask

from admin.hand_over.pages import alarms
from admin.hand_over.pages.blueprint import blueprint

__all__ = ["alarms", "init_app"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
