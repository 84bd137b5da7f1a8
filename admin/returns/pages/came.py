"""Those that came (报来的月报): units × months, whom to call, and one month's returns in a list."""

from __future__ import annotations

from flask import abort, render_template, request

from admin.accounts.guard import staff_only
from admin.ledger.pages.blueprint import LEDGER_ROLES, Reader
from admin.returns.matrix import read_matrix
from admin.returns.pages.blueprint import blueprint
from portal.foundation import clock
from portal.foundation.database import reading


@blueprint.get("/returns/came")
@staff_only(*LEDGER_ROLES)
def came() -> str:
    """What came of whom; for whoever receives nothing the page doesn't exist."""
    with reading() as session:
        reader = Reader.of(session)
        access, book = reader.access, reader.book
        matrix = read_matrix(session, access, book, clock.today())
    if not matrix.rows and not access.as_office:
        abort(404)
    wanted = request.args.get("month", "")
    shown = next((one for one in matrix.periods if one.key == wanted), None)
    striking = [
        (unit, line)
        for unit, cells in matrix.rows
        for cell in cells
        for line in cell.lines
        if shown in {None, cell.period} and (line.contradicted or line.little)
    ]
    return render_template(
        "admin/returns/came.html",
        book=book,
        matrix=matrix,
        striking=striking,
        office=access.as_office,
        owns=any(unit.code in access.desks for unit, _ in matrix.rows),
        rule=book.return_rule,
        today=clock.today(),
    )
