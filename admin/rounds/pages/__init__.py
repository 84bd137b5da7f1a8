"""The pages of the rounds: the list, one round, its visits, and the orders that units carry out."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_reminder
from admin.rounds.pages import evidence_pages, listing, one_round, orders, visits
from admin.rounds.pages.blueprint import blueprint
from admin.rounds.pages.reminder import reminders

__all__ = ["evidence_pages", "init_app", "listing", "one_round", "orders", "visits"]


def init_app(app: Flask) -> None:
    """Register the rounds' pages, and what stands on a unit's first page."""
    app.register_blueprint(blueprint)
    add_reminder(app, reminders)
