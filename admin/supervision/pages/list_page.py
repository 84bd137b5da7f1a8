"""The supervised cases, the earliest date first; and for whoever decides, what is suggested."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.desk.claiming import names_of
from admin.desk.due_words import left_until
from admin.desk.pages.case_page import subject_of
from admin.desk.pages.desk import Desk
from admin.desk.queue_view import Cursor
from admin.supervision.pages.blueprint import blueprint, links
from admin.supervision.supervision_file import why
from admin.supervision.supervision_list import (
    MOST,
    Supervised,
    count_suggested,
    count_supervised,
    suggested,
    supervised,
)
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK

_SUGGESTED = "suggested"


@blueprint.get("/supervision")
@staff_only(*AT_A_DESK)
def supervisions() -> str:
    """Show one of the two lists."""
    with reading() as session:
        desk = Desk.of(session)
        access = desk.access
        decides = access.as_office or bool(access.stands_in_for)
        wants_suggested = decides and request.args.get("tab") == _SUGGESTED
        after = Cursor.read(request.args.get("after", ""))
        tabs = [("督办中", links().supervisions(), _capped(count_supervised(session, access)))]
        if decides:
            waiting = _capped(count_suggested(session, access))
            tabs.append(("系统建议", links().suggested_supervision(), waiting))
        show = _suggested if wants_suggested else _supervised
        return render_template(
            "admin/supervision/list.html",
            tabs_items=[
                (*tab, (tab[1] == links().suggested_supervision()) == wants_suggested)
                for tab in tabs
            ],
            overdue=_capped(count_supervised(session, access, overdue=True)),
            suggests=wants_suggested,
            first=after is not None,
            here=links().suggested_supervision() if wants_suggested else links().supervisions(),
            decides=decides,
            **show(session, desk, after),
        )


def _supervised(session: Session, desk: Desk, after: Cursor | None) -> dict[str, Any]:
    page = supervised(session, desk.access, after)
    names = names_of(session, [row.last.staff_id for row in page.rows if row.last])
    return {"rows": [_row(row, desk.book, names) for row in page.rows], "next": page.after}


def _row(row: Supervised, book: Book, names: dict[int, str]) -> dict[str, Any]:
    case, held = row.case, row.supervision
    said = ""
    if row.last:
        who = names.get(row.last.staff_id or 0, "")
        on = day_of(row.last.at)
        said = f"{on.month}月{on.day}日，{row.last.kind.official}，{who}"
    return {
        "number": case.number,
        "subject": subject_of(case, book),
        "unit": book.units[case.unit_code].short_name,
        "trigger": held.trigger.official,
        "state": case.state.official,
        "is_over": not case.state.is_open,
        "due_on": held.due_on,
        "left": left_until(held.due_on, clock.today(), book, in_working_days=True),
        "said": said,
    }


def _suggested(session: Session, desk: Desk, after: Cursor | None) -> dict[str, Any]:
    page = suggested(session, desk.access, after)
    rows = [
        {
            "number": row.case.number,
            "subject": subject_of(row.case, desk.book),
            "unit": desk.book.units[row.case.unit_code].short_name,
            "whys": [why(one, desk.book) for one in row.suggestions],
        }
        for row in page.rows
    ]
    return {"rows": rows, "next": page.after}


def _capped(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number)
