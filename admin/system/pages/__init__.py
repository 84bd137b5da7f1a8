"""The system administrator's page and the auditor's: accounts, findings, events; no word of any
case."""

from __future__ import annotations

from flask import Flask

from admin.system.pages import event_page, system_page
from admin.system.pages.blueprint import blueprint

__all__ = ["event_page", "init_app", "system_page"]


def init_app(app: Flask) -> None:
    """Register them."""
    app.register_blueprint(blueprint)
