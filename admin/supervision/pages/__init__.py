"""The pages of supervision: the list, one case's log, its steps; and its panel on a case's page."""

from __future__ import annotations

from flask import Flask

from admin.desk.pages.panels import add_panel
from admin.supervision.pages import case_supervision, list_page, step_page
from admin.supervision.pages.blueprint import blueprint
from admin.supervision.pages.panel import panel_of

__all__ = ["case_supervision", "init_app", "list_page", "step_page"]


def init_app(app: Flask) -> None:
    """Register the pages, and what stands on a case's own."""
    app.register_blueprint(blueprint)
    add_panel(app, panel_of)
