"""The pages of formal documents: those of a case, their printing, and the office's templates."""

from __future__ import annotations

from flask import Flask

from admin.documents.pages import approval_sheet, drafts, printing, steps, templates_page
from admin.documents.pages.blueprint import blueprint

__all__ = ["approval_sheet", "drafts", "init_app", "printing", "steps", "templates_page"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
