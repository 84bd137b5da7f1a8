"""The tables of a summary as they are now, a page each: by unit, and by problem type. Every number
leads to the list that it adds up; a district's units fill several pages, each of which ends with
the sum of all."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.summaries.counted import count
from admin.summaries.pages.blueprint import OFFICE_ROLES, blueprint, to_put_together
from admin.summaries.tables import bars_of
from portal.foundation.database import reading

_A_PAGE = 10


@blueprint.get("/summaries/<key>/whole/tables/<any('unit','type'):by>")
@staff_only(*OFFICE_ROLES)
def table(key: str, by: str) -> str:
    """One of the two, with a chart of what the page shows."""
    with reading() as session:
        reader, planned = to_put_together(session, key)
        counted = count(session, reader.hand(), planned)
    one = {"unit": counted.units, "type": counted.types}[by]
    *lines, whole = one.lines
    leaf = Leaf.of(lines, a_page=_A_PAGE)
    return render_template(
        "admin/summaries/table.html",
        planned=planned,
        counted=counted,
        one=one,
        leaf=leaf,
        lines=[*leaf.rows, whole],
        bars=bars_of(leaf.rows),
        # The charts of all pages are drawn to one scale.
        most=max((number for _, number, _ in one.bars), default=0),
    )
