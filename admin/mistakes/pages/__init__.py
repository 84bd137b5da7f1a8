"""The pages of the mistakes on the site: the queue, one of them, its answer, a case made of it."""

from __future__ import annotations

from flask import Flask

from admin.mistakes.pages import answering, listing, registering
from admin.mistakes.pages.blueprint import blueprint

__all__ = ["answering", "init_app", "listing", "registering"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
