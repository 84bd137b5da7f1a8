"""The pages of issued rules, and the panel on a problem's page with the rules that answer it."""

from __future__ import annotations

from flask import Flask

from admin.issued_rules.pages import answers, listing, one_rule, withdrawing, writing_a_rule
from admin.issued_rules.pages.blueprint import blueprint
from admin.issued_rules.pages.panel import panel_of
from admin.ledger.pages.panels import add_panel

__all__ = ["answers", "init_app", "listing", "one_rule", "withdrawing", "writing_a_rule"]


def init_app(app: Flask) -> None:
    """Register the pages, and what stands on a problem's own."""
    app.register_blueprint(blueprint)
    add_panel(app, panel_of)
