"""The pages of the monthly returns: one's own, those that came, one return, filling it in."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_reminder
from admin.returns.pages import came, filling_page, one_return, own, unit_month
from admin.returns.pages.blueprint import blueprint
from admin.returns.pages.reminder import reminders

__all__ = ["came", "filling_page", "init_app", "one_return", "own", "unit_month"]


def init_app(app: Flask) -> None:
    """Register the pages, and what stands on a unit's first page."""
    app.register_blueprint(blueprint)
    add_reminder(app, reminders)
