"""The list of who waits to be visited."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from sqlalchemy import Row

from admin.accounts.guard import staff_only
from admin.desk.due_words import left_until
from admin.desk.pages.desk import Desk
from admin.desk.pages.queue_lines import problem_words
from admin.follow_up.pages.blueprint import blueprint, links
from admin.follow_up.waiting import MOST_COUNTED, PAGE_SIZE, Cursor, read_page
from intake.cases.case import NO_DUE_DATE, Identity
from intake.cases.follow_up import Why
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK


@blueprint.get("/follow-ups")
@staff_only(*AT_A_DESK)
def follow_ups() -> str:
    """Show whom this person may visit, the earliest date first."""
    after = Cursor.read(request.args.get("after", ""))
    with reading() as session:
        desk = Desk.of(session)
        page = read_page(session, desk.access, after)
    here = links().follow_ups()
    return render_template(
        "admin/follow_up/follow_ups.html",
        lines=[_line(row, desk.book) for row in page.rows],
        count=f"{MOST_COUNTED}+" if page.count > MOST_COUNTED else str(page.count),
        first=here if after else None,
        next=f"{here}?after={page.after}" if page.after else None,
        a_page=PAGE_SIZE,
        rule=desk.book.campaign.follow_up,
    )


def _line(row: Row[Any], book: Book) -> dict[str, Any]:
    """One row in words."""
    dated = row.due_on != NO_DUE_DATE
    policy = book.policies[row.policy_code].name if row.policy_code else "没写哪项补贴"
    left = left_until(row.due_on, clock.today(), book, in_working_days=True) if dated else None
    return {
        "number": row.number,
        "kind": row.kind.official,
        "subject": f"{policy} {problem_words(row.problem_code, book)}".strip(),
        "unit": book.units[row.unit_code].short_name,
        "why": row.why.official,
        "unhappy": row.why is Why.UNSATISFIED,
        "closed_on": row.closed_on,
        "due_on": row.due_on if dated else None,
        "left": left,
        "contact": "匿名" if row.identity is Identity.ANONYMOUS else row.identity.official,
        "attempts": row.attempts,
    }
