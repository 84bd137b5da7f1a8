"""The pages of what shirking shows by, and of the letters about it."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_reminder
from admin.shirking.pages import letters, signs_page, writing_pages
from admin.shirking.pages.blueprint import blueprint
from admin.shirking.pages.reminder import reminders

__all__ = ["init_app", "letters", "signs_page", "writing_pages"]


def init_app(app: Flask) -> None:
    """Register these pages, and what stands on a unit's first page."""
    app.register_blueprint(blueprint)
    add_reminder(app, reminders)
