"""The pages of follow-ups: who waits to be visited, and one case's visits."""

from __future__ import annotations

from flask import Flask

from admin.follow_up.pages import act_page, case_page, list_page
from admin.follow_up.pages.blueprint import blueprint

__all__ = ["act_page", "case_page", "init_app", "list_page"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
