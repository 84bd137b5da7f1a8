"""The pages of the summaries: units' parts, putting the whole together, what was sent upward."""

from __future__ import annotations

from flask import Flask

from admin.accounts.reminders import add_reminder
from admin.documents.pages.all_papers import add_paper
from admin.summaries.pages import (
    filling_page,
    list_page,
    numbers_page,
    part_page,
    reports_page,
    tables_page,
    whole_page,
    whole_steps,
)
from admin.summaries.pages.blueprint import blueprint
from admin.summaries.pages.reminder import reminders
from admin.summaries.summary_paper import PAPER

__all__ = [
    "filling_page",
    "init_app",
    "list_page",
    "numbers_page",
    "part_page",
    "reports_page",
    "tables_page",
    "whole_page",
    "whole_steps",
]


def init_app(app: Flask) -> None:
    """Register the pages, the office's template of a summary, and what stands on a unit's first
    page."""
    app.register_blueprint(blueprint)
    add_paper(app, PAPER)
    add_reminder(app, reminders)
