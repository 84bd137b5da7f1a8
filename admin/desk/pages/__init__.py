"""The pages of the desk: the queue, a case, and the forms of its moves."""

from __future__ import annotations

from flask import Flask

from admin.desk.pages import (
    act_page,
    assisting_page,
    case_page,
    claim_page,
    file_page,
    first_page,
    identity_page,
    queue_page,
    search_page,
    verification_page,
)
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.navigation import staff_nav

__all__ = [
    "act_page",
    "assisting_page",
    "case_page",
    "claim_page",
    "file_page",
    "first_page",
    "identity_page",
    "init_app",
    "queue_page",
    "search_page",
    "verification_page",
]


def init_app(app: Flask) -> None:
    """Register the desk's pages, and the navigation that stands on every staff page."""
    app.register_blueprint(blueprint)
    app.context_processor(staff_nav)
