"""The pages of spot checks: the office's, from the frame to the teams; and those of a team."""

from __future__ import annotations

from flask import Flask

from admin.spot_checks.pages import (
    evidence_pages,
    listing,
    office_steps,
    one_check,
    one_unit,
    unit_steps,
)
from admin.spot_checks.pages.blueprint import blueprint

__all__ = [
    "evidence_pages",
    "init_app",
    "listing",
    "office_steps",
    "one_check",
    "one_unit",
    "unit_steps",
]


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)
