"""The pages about who works here: for the system's administrator, for whoever is the second person,
and for the heads of units that somebody left."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_alarm
from admin.staffing.pages import (
    change_page,
    everybody_page,
    leavers_page,
    new_person,
    people_page,
    person_page,
)
from admin.staffing.pages.blueprint import blueprint
from admin.staffing.pages.told import told

__all__ = [
    "change_page",
    "everybody_page",
    "init_app",
    "leavers_page",
    "new_person",
    "people_page",
    "person_page",
]


def init_app(app: Flask) -> None:
    """Register them, and what stands above people's lists."""
    app.register_blueprint(blueprint)
    add_alarm(app, told)
