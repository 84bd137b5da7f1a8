"""The cases that one's units help with."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.desk.assisting_list import owed
from admin.desk.due_words import left_until
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.case_page import subject_of
from admin.desk.pages.desk import Desk
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK

_A_PAGE = 30


@blueprint.get("/cases/assisting")
@staff_only(*AT_A_DESK)
def assisting() -> str:
    """Show what is owed to others' cases."""
    with reading() as session:
        desk = Desk.of(session)
        found = Leaf.of(owed(session, desk.access), a_page=_A_PAGE)
    today = clock.today()
    rows = [
        {
            "number": one.case.number,
            "due_on": one.due_on,
            "left": left_until(one.due_on, today, desk.book, in_working_days=False),
            "subject": subject_of(one.case, desk.book),
            "lead": desk.book.unit_name(one.case.unit_code),
        }
        for one in found.rows
    ]
    return render_template("admin/desk/assisting.html", rows=rows, leaf=found)
