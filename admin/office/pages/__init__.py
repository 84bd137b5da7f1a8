"""The pages of the office: the campaign at a glance, the ledger, the steps of a problem."""

from __future__ import annotations

from flask import Flask

from admin.office.pages import new_problem, overview, problems, steps
from admin.office.pages.blueprint import blueprint

__all__ = ["init_app", "new_problem", "overview", "problems", "steps"]


def init_app(app: Flask) -> None:
    """Register the office's pages."""
    app.register_blueprint(blueprint)
