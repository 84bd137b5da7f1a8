"""The pages of the policy list: the list, a change by form or spreadsheet, a draft and its
release."""

from __future__ import annotations

from flask import Flask

from admin.policies.pages import drafts, editing, importing, listing
from admin.policies.pages.blueprint import blueprint

__all__ = ["drafts", "editing", "importing", "init_app", "listing"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
