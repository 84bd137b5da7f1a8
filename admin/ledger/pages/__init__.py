"""The pages of the ledger: the list, a new problem, a problem and its steps."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_reminder
from admin.ledger.pages import (
    check_sheet_pages,
    entering_pages,
    evidence_pages,
    new_problem,
    office_marks,
    problems,
    steps,
)
from admin.ledger.pages.blueprint import blueprint
from admin.ledger.pages.reminder import reminders

__all__ = [
    "check_sheet_pages",
    "entering_pages",
    "evidence_pages",
    "init_app",
    "new_problem",
    "office_marks",
    "problems",
    "steps",
]


def init_app(app: Flask) -> None:
    """Register the ledger's pages, and what stands on a unit's first page."""
    app.register_blueprint(blueprint)
    add_reminder(app, reminders)
