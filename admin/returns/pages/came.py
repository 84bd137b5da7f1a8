"""Those that came (报来的月报): units × months, whom to call, and one month's returns in a list."""

from __future__ import annotations

from flask import abort, render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import LEDGER_ROLES
from admin.returns.matrix import read_matrix
from admin.returns.pages.blueprint import blueprint
from portal.foundation import clock
from portal.foundation.database import reading

# A page holds no more than this, whatever is wrong in a month; the cells lead to the rest.
_MOST = 20


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
    newest = matrix.periods[0] if matrix.periods else None
    wanted = request.args.get("month", "")
    month = next((one for one in matrix.periods if one.key == wanted), newest)
    striking = matrix.striking(month)
    return render_template(
        "admin/returns/came.html",
        book=book,
        matrix=matrix,
        month=month,
        striking=striking[:_MOST],
        more=max(0, len(striking) - _MOST),
        office=access.as_office,
        owns=any(unit.code in access.desks for unit, _ in matrix.rows),
        rule=book.return_rule,
        today=clock.today(),
    )
