"""Open data: what the public pages show, as files for programs and spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, abort
from sqlalchemy.orm import Session

from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.open_data import campaign_tables, figure_tables, policy_tables, result_tables
from portal.open_data.files import WRITERS
from portal.open_data.table import Table
from portal.pages.blueprint import blueprint, filled

_TABLES: Mapping[str, Callable[[Session, Book], Table]] = {
    "policies": lambda _session, found: campaign_tables.policies(found),
    "policy-versions": lambda _session, found: policy_tables.versions(found),
    "units": lambda _session, found: campaign_tables.units(found),
    "responsibilities": lambda _session, found: campaign_tables.responsibilities(
        found, clock.today()
    ),
    "results": result_tables.results,
    "result-releases": lambda session, _found: result_tables.releases(session),
    "result-totals": lambda session, _found: result_tables.totals(session),
    "figures": figure_tables.figures,
}


@blueprint.get("/data")
@published_page
def open_data() -> str:
    """Which tables there are, what their columns mean, and the files."""
    with reading() as session:
        found = book(session)
        tables = [of(session, found) for of in _TABLES.values()]
    return filled("data", found, tables=tables, formats=list(WRITERS))


@blueprint.get("/data/<name>.<kind>")
@published_page
def data_file(name: str, kind: str) -> Response:
    """One table as a file."""
    if name not in _TABLES or kind not in WRITERS:
        abort(404)
    with reading() as session:
        table = _TABLES[name](session, book(session))
    mimetype, write = WRITERS[kind]
    answer = Response(write(table), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    # Programs of others may read it in a browser, too.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
