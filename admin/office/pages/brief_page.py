"""The campaign on one printed page for the leaders."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import OFFICE_ROLES
from admin.office.brief import read_brief
from admin.office.pages.blueprint import blueprint
from portal.foundation.database import reading


@blueprint.get("/office/brief")
@staff_only(*OFFICE_ROLES)
def brief() -> str:
    """What stands today, to be printed on A4."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        found = read_brief(session, reader.book)
    return render_template("admin/office/brief.html", book=reader.book, brief=found)
