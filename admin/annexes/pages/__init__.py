"""The pages of the annexes: choosing one and taking it, and their templates for the office."""

from __future__ import annotations

from flask import Flask

from admin.annexes.pages import annexes_page, template_page
from admin.annexes.pages.blueprint import blueprint

__all__ = ["annexes_page", "init_app", "template_page"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
