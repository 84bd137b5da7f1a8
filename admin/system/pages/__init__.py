"""The system administrator's page and the auditor's: accounts, findings, events; no word of any
case."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_alarm
from admin.system.pages import event_page, heads_page, readings_page, system_page
from admin.system.pages.blueprint import blueprint
from admin.system.pages.told_alarms import reminders

__all__ = ["event_page", "heads_page", "init_app", "readings_page", "system_page"]


def init_app(app: Flask) -> None:
    """Register them."""
    app.register_blueprint(blueprint)
    add_alarm(app, reminders)
