"""The pages of the mistakes on the site: the queue, one of them, its answer, the answer's
correction, a case made of it, and giving it to the office."""

from __future__ import annotations

from flask import Flask

from admin.mistakes.pages import answering, correcting, giving_back, listing, registering
from admin.mistakes.pages.blueprint import blueprint

__all__ = ["answering", "correcting", "giving_back", "init_app", "listing", "registering"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
