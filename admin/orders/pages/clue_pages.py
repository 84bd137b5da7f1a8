"""What an audit body sees of the clues that it handed over, and nothing else of any case."""

from __future__ import annotations

from flask import abort, render_template, request

from admin.accounts.access import HANDS_OVER_CLUES, NoSuchCase
from admin.accounts.guard import staff_only
from admin.desk.pages import done
from admin.orders.clues import PAGE_SIZE, read_clue, read_page
from admin.orders.pages.blueprint import Clerk, blueprint, links
from intake.cases.case import Channel
from portal.foundation.database import reading


@blueprint.get("/orders/clues")
@staff_only(*HANDS_OVER_CLUES)
def clues() -> str:
    """A page of the clues."""
    asked = request.args
    with reading() as session:
        clerk = Clerk.of_audit(session)
        before, after = asked.get("before", ""), asked.get("after", "")
        page = read_page(session, clerk.access, before=before, after=after)
    here = links().clues()
    return render_template(
        "admin/orders/clues.html",
        clues=page.clues,
        new=links().new_order(Channel.AUDIT.value),
        previous=f"{here}?before={page.before}" if page.before else None,
        next=f"{here}?after={page.after}" if page.after else None,
        a_page=PAGE_SIZE,
        flash_messages=done.unpack(clerk.access.staff_id),
    )


@blueprint.get("/orders/clues/<number>")
@staff_only(*HANDS_OVER_CLUES)
def clue(number: str) -> str:
    """What became of one clue."""
    with reading() as session:
        clerk = Clerk.of_audit(session)
        try:
            found = read_clue(session, clerk.access, number)
        except NoSuchCase:
            abort(404)
    return render_template("admin/orders/clue.html", clue=found)
