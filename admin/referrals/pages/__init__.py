"""The pages of referrals: the list, those of a case, one of them with its steps, its package."""

from __future__ import annotations

from flask import Flask

from admin.referrals.pages import carrying_pages, listing, new_referral, step_pages
from admin.referrals.pages.blueprint import blueprint

__all__ = ["carrying_pages", "init_app", "listing", "new_referral", "step_pages"]


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
