"""The pages of the campaign's end, and what stands about it on a case's own."""

from __future__ import annotations

from flask import Flask

from admin.closing.pages import cases_page, ending_page, overview
from admin.closing.pages.blueprint import blueprint
from admin.closing.pages.panel import panel_of
from admin.desk.pages.panels import add_panel

__all__ = ["cases_page", "ending_page", "init_app", "overview"]


def init_app(app: Flask) -> None:
    """Register the pages, and the panel."""
    app.register_blueprint(blueprint)
    add_panel(app, panel_of)
