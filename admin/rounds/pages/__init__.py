"""The pages of the rounds: the list, one round, its visits, and the orders that units carry out."""

from __future__ import annotations

from flask import Flask

from admin.rounds.pages import evidence_pages, listing, one_round, orders, visits
from admin.rounds.pages.blueprint import blueprint

__all__ = ["evidence_pages", "init_app", "listing", "one_round", "orders", "visits"]


def init_app(app: Flask) -> None:
    """Register the rounds' pages."""
    app.register_blueprint(blueprint)
