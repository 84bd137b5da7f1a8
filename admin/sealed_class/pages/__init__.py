"""The page of the sealed class, for discipline inspection alone."""

from __future__ import annotations

from flask import Flask

from admin.accounts import unlocked_class
from admin.accounts.reminders import add_alarm
from admin.sealed_class.pages import class_page, stays_sealed, steps
from admin.sealed_class.pages.alarm import alarms
from admin.sealed_class.pages.blueprint import blueprint
from admin.sealed_class.standing import state_of_class
from portal.pages import health

__all__ = ["class_page", "init_app", "stays_sealed", "steps"]


def init_app(app: Flask) -> None:
    """Register the pages, what tells the office that nobody reads the class, and what lets sessions
    find its key."""
    app.register_blueprint(blueprint)
    add_alarm(app, alarms)
    unlocked_class.init_app(app)
    health.also(app, "sealed", state_of_class)
