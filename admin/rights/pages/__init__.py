"""The pages of requests about one's own information: the list, one of them and every act on it,
what a desk writes down, the record as a file."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_reminder
from admin.rights.pages import contact, deciding, exporting, giving_back, listing, recording
from admin.rights.pages.blueprint import blueprint
from admin.rights.pages.reminder import reminders

__all__ = ["contact", "deciding", "exporting", "giving_back", "init_app", "listing", "recording"]


def init_app(app: Flask) -> None:
    """Register the pages, and what stands above the list of a person's cases."""
    app.register_blueprint(blueprint)
    add_reminder(app, reminders)
