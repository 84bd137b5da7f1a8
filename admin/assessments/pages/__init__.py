"""The pages of the assessments: the list, one assessment with its steps, the interviewer's rows,
the figures."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_reminder
from admin.assessments.pages import (
    figures,
    listing,
    lists,
    office_steps,
    one_assessment,
    own_rows,
    paper,
    slips,
)
from admin.assessments.pages.blueprint import blueprint
from admin.assessments.pages.reminder import reminders

__all__ = [
    "figures",
    "init_app",
    "listing",
    "lists",
    "office_steps",
    "one_assessment",
    "own_rows",
    "paper",
    "slips",
]


def init_app(app: Flask) -> None:
    """Register the assessments' pages, and what stands on a unit's first page."""
    app.register_blueprint(blueprint)
    add_reminder(app, reminders)
