"""The system administrator's pages about texts."""

from __future__ import annotations

from flask import Flask

from admin.outbox.pages import one_lost_text, texts
from admin.outbox.pages.blueprint import blueprint

__all__ = ["init_app", "one_lost_text", "texts"]


def init_app(app: Flask) -> None:
    """Register them."""
    app.register_blueprint(blueprint)
