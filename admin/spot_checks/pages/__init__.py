"""The pages of spot checks: the office's, from the frame to the teams; and those of a team."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_reminder
from admin.spot_checks.pages import (
    evidence_pages,
    listing,
    office_steps,
    one_check,
    one_unit,
    unit_steps,
)
from admin.spot_checks.pages.blueprint import blueprint
from admin.spot_checks.pages.reminder import reminders

__all__ = [
    "evidence_pages",
    "init_app",
    "listing",
    "office_steps",
    "one_check",
    "one_unit",
    "unit_steps",
]


def init_app(app: Flask) -> None:
    """Register these pages, and what stands on a unit's first page."""
    app.register_blueprint(blueprint)
    add_reminder(app, reminders)
