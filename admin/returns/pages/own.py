"""月报: what one's own units have to return, and what they returned."""

from __future__ import annotations

from flask import current_app, redirect, render_template
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import PROBLEM_ROLES
from admin.returns.expected import opened
from admin.returns.matrix import read_lines
from admin.returns.pages.blueprint import blueprint
from admin.returns.standing import Way
from portal.foundation import clock
from portal.foundation.database import reading


@blueprint.get("/returns", endpoint="own")
@staff_only(*PROBLEM_ROLES)
def own_returns() -> str | Response:
    """What is due and what was returned, month by month, the newest first. Whoever returns nothing
    himself goes on to what came."""
    today = clock.today()
    with reading() as session:
        reader = Reader.of(session)
        access, book = reader.access, reader.book
        lines = read_lines(session, access, book, opened(book, today), today)
    own = [line for line in lines if line.expected.unit in access.fieldwork]
    towards = access.as_office or any(one.expected.receiver in access.desks for one in lines)
    if towards and not own:
        return redirect(current_app.extensions["links"].returns_that_came(), 303)
    coming = [one for one in book.return_periods if one.remind_on > today]
    return render_template(
        "admin/returns/own.html",
        book=book,
        due=[line for line in own if line.standing.way is not Way.CAME],
        returned=[line for line in own if line.standing.way is Way.CAME],
        several=len({line.expected.unit for line in own}) > 1,
        towards=towards,
        coming=coming[0] if coming else None,
        today=today,
    )
