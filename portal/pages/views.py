"""The public site's doors, and the shelf on which its finished pages are kept."""

from __future__ import annotations

from flask import Flask

from portal.foundation import cached_pages
from portal.pages import (
    distributions,
    feeds,
    figures,
    guides,
    home,
    hotlines,
    notices,
    open_data,
    own_name,
    policies,
    policy,
    publicity,
    responsibilities,
    responsibility_table,
    result_release,
    results,
    signposts,
    spot_checks,
)
from portal.pages.blueprint import blueprint
from portal.pages.search import view as search

__all__ = [
    "distributions",
    "feeds",
    "figures",
    "guides",
    "home",
    "hotlines",
    "notices",
    "open_data",
    "own_name",
    "policies",
    "policy",
    "publicity",
    "responsibilities",
    "responsibility_table",
    "result_release",
    "results",
    "search",
    "signposts",
    "spot_checks",
]


def init_app(app: Flask) -> None:
    """Register them. Where the staff site is a site of its own, `/staff` points to it."""
    engine = app.extensions["database"].engine
    cached_pages.init_app(app, cached_pages.RevisionReader(engine))
    app.register_blueprint(blueprint)
    if "staff" not in app.extensions["settings"].parts:
        app.register_blueprint(signposts.to_the_staff_site)
