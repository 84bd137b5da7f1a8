"""Open data: what the public pages show, as files for programs and spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import Response, abort
from sqlalchemy.orm import Session

from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.open_data import campaign_tables, figure_tables, policy_tables, result_tables
from portal.open_data.files import WRITERS
from portal.open_data.result_tables import Released
from portal.open_data.table import Table
from portal.pages.blueprint import blueprint, filled


@dataclass(frozen=True)
class _Stored:
    """What the tables are made of. What two of them need is read once."""

    session: Session
    book: Book

    @cached_property
    def releases(self) -> list[Released]:
        """Every release of every result."""
        return result_tables.read_releases(self.session)


_TABLES: Mapping[str, Callable[[_Stored], Table]] = {
    "policies": lambda stored: campaign_tables.policies(stored.book),
    "policy-versions": lambda stored: policy_tables.versions(stored.book),
    "units": lambda stored: campaign_tables.units(stored.book),
    "responsibilities": lambda stored: campaign_tables.responsibilities(stored.book, clock.today()),
    "in-charge": lambda stored: campaign_tables.in_charge(stored.book, clock.today()),
    "results": lambda stored: result_tables.results(stored.session, stored.book),
    "result-releases": lambda stored: result_tables.releases(stored.releases),
    "result-totals": lambda stored: result_tables.totals(stored.releases),
    "figures": lambda stored: figure_tables.figures(stored.session, stored.book),
}


@blueprint.get("/data")
@published_page
def open_data() -> str:
    """Which tables there are, what their columns mean, and the files."""
    with reading() as session:
        found = book(session)
        stored = _Stored(session, found)
        tables = [of(stored) for of in _TABLES.values()]
    return data_of(found, tables)


def data_of(found: Book, tables: Sequence[Table] = ()) -> str:
    """The page that offers these tables."""
    return filled("data", found, tables=tables, formats=list(WRITERS))


@blueprint.get("/data/<name>.<kind>")
@published_page
def data_file(name: str, kind: str) -> Response:
    """One table as a file."""
    if name not in _TABLES or kind not in WRITERS:
        abort(404)
    with reading() as session:
        table = _TABLES[name](_Stored(session, book(session)))
    mimetype, write = WRITERS[kind]
    answer = Response(write(table), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    # Programs of others may read it in a browser, too.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
