"""The pages of reply templates: the office's list, and drafting with one."""

from __future__ import annotations

from flask import Flask

from admin.reply_templates.pages import drafting_page, templates_page
from admin.reply_templates.pages.blueprint import blueprint

__all__ = ["drafting_page", "init_app", "templates_page"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
