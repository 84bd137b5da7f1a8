"""One unit's returns of a month, to everybody whom the reader may know of, side by side."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import PROBLEM_ROLES
from admin.returns.expected import opened
from admin.returns.matrix import read_lines
from admin.returns.pages.blueprint import blueprint
from admin.returns.sight import NoSuchReturn
from portal.foundation import clock
from portal.foundation.database import reading


@blueprint.get("/returns/<month>/<unit>")
@staff_only(*PROBLEM_ROLES)
def unit_month(month: str, unit: str) -> str:
    """A nil return towards one department stays visible beside the unit's other returns."""
    today = clock.today()
    with reading() as session:
        reader = Reader.of(session)
        book = reader.book
        periods = [one for one in opened(book, today) if one.key == month]
        lines = read_lines(session, reader.access, book, periods, today)
    own = [line for line in lines if line.expected.unit == unit]
    if not own:
        raise NoSuchReturn(month, unit)
    return render_template(
        "admin/returns/unit_month.html",
        book=book,
        unit=book.units[unit],
        period=periods[0],
        lines=own,
        own=unit in reader.access.fieldwork,
    )
