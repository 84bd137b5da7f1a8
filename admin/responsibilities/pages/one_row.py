"""One row: what it says, who else was in charge of the same, and what can be done about it."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.responsibilities.checks import wrong_end
from admin.responsibilities.pages.blueprint import OFFICE_ROLES, Editor, blueprint
from admin.responsibilities.row_lines import line_of, when_of
from admin.responsibilities.table import names_of
from portal.foundation.database import reading


@blueprint.get("/responsibilities/<int:row_id>")
@staff_only(*OFFICE_ROLES)
def row(row_id: int) -> str:
    """The row, with the other rows of its cell, the latest first."""
    with reading() as session:
        table = Editor.of(session).table
        found = table.row(row_id)
        others = [one for one in table.rows if one.cell == found.cell and one.id != row_id]
        names = names_of(session, [found, *others])
    others.sort(key=lambda one: (one.valid_from, one.id), reverse=True)
    return render_template(
        "admin/responsibilities/row.html",
        line=line_of(found, table.book, names),
        others=[line_of(one, table.book, names) for one in others],
        when=when_of(found, table.today),
        may_change=not list(wrong_end(found, table.today, table.today)),
    )
