"""What will be destroyed in the next sixty days, and how much was."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.desk.pages.desk import Desk
from admin.retention.destruction_list import destroyed_by_month, listed, with_holds
from admin.retention.pages.blueprint import DECIDING, blueprint
from portal.campaign.retention_rule import RetentionRule
from portal.foundation.database import reading

_A_PAGE = 30


@blueprint.get("/retention")
@staff_only(*DECIDING)
def retention() -> str:
    """The office reads of the cases that it decides about, discipline inspection of its own."""
    with reading() as session:
        desk = Desk.of(session)
        leaf = Leaf.of(listed(session, desk.access, desk.book), a_page=_A_PAGE)
        rows = with_holds(session, leaf.rows)
        months = destroyed_by_month(session, desk.access, desk.book)
    return render_template(
        "admin/retention/retention.html",
        leaf=leaf,
        rows=rows,
        months=months,
        rule=RetentionRule.of(desk.book.campaign),
    )
