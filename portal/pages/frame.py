"""What every page shows around its content: the campaign's names and lines, addresses, static
files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, url_for
from sqlalchemy.exc import SQLAlchemyError

from portal.campaign.after_rule import AfterRule
from portal.campaign.book import Book, NoCampaign, book, last_book
from portal.campaign.campaign import Campaign
from portal.campaign.unit import Unit
from portal.foundation import formats
from portal.foundation.database import reading
from portal.foundation.links import Links
from portal.foundation.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Give templates `campaign`, `links`, `asset()`, `whom_to_ask()` and the filters of
    `formats`."""
    links = Links(
        public_url=settings.public_url,
        staff_url=settings.staff_url,
        on_staff_site="public" not in settings.parts,
    )
    app.extensions["links"] = links
    app.jinja_env.globals.update(links=links, asset=asset, whom_to_ask=whom_to_ask)
    app.jinja_env.filters.update(formats.FILTERS)
    app.context_processor(_campaign)
    app.register_error_handler(NoCampaign, _no_campaign)


def asset(name: str) -> str:
    """The address of a static file; it changes with the file, so that browsers may keep it for
    ever."""
    return url_for("static", filename=name, v=_version(name))


def whom_to_ask() -> Unit:
    """The unit that people turn to once the campaign is over."""
    found = _read_book()
    return found.units[AfterRule.of(found.campaign).unit_code]


def _no_campaign(_error: NoCampaign) -> Response:
    # Without a campaign there are no names and no lines for a page to show.
    return Response("惠民热线还没有装入数据。", 503, mimetype="text/plain")


def _campaign() -> dict[str, Any]:
    return {"campaign": _LazyCampaign()}


class _LazyCampaign:
    """Reads the campaign when a template first asks, and once a page."""

    _found: Campaign | None = None

    def __getattr__(self, name: str) -> Any:
        if self._found is None:
            self._found = _read_book().campaign
        return getattr(self._found, name)


def _read_book() -> Book:
    """The campaign's book, or the one read last while the database is away: an error page shows the
    hotline too."""
    try:
        with reading() as session:
            return book(session)
    except SQLAlchemyError:
        kept = last_book()
        if kept is None:
            raise
        return kept


@lru_cache(maxsize=64)
def _version(name: str) -> str:
    file = Path(__file__).parent.parent / "static" / name
    return hashlib.blake2b(file.read_bytes(), digest_size=6).hexdigest()
