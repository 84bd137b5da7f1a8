"""The office's own page, its first looks, the calendar, and trying a text."""

from __future__ import annotations

from flask import Flask

from admin.office.pages import (
    brief_page,
    calendar_loading_page,
    calendar_page,
    overview,
    plan_page,
    routing_page,
    try_text,
)
from admin.office.pages.blueprint import blueprint

__all__ = [
    "brief_page",
    "calendar_loading_page",
    "calendar_page",
    "init_app",
    "overview",
    "plan_page",
    "routing_page",
    "try_text",
]


def init_app(app: Flask) -> None:
    """Register the office's pages."""
    app.register_blueprint(blueprint)
