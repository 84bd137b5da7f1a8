"""The pages of retention: the list of what will be destroyed, and holding one case."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_reminder
from admin.desk.pages.panels import add_panel
from admin.retention.pages import listing, one_case
from admin.retention.pages.blueprint import blueprint
from admin.retention.pages.panel import panel_of
from admin.retention.pages.reminder import reminders

__all__ = ["init_app", "listing", "one_case"]


def init_app(app: Flask) -> None:
    """Register the pages, what stands on a case's own, and what the office is reminded of."""
    app.register_blueprint(blueprint)
    add_panel(app, panel_of)
    add_reminder(app, reminders)
