"""Orders by the spreadsheet: upload it, look at every row, confirm; watch it being registered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.desk.pages import done
from admin.orders import taking_over
from admin.orders.columns import COLUMNS, columns_for
from admin.orders.order_sheet import OrderSheet
from admin.orders.pages.becoming import becoming
from admin.orders.pages.blueprint import ENTERING_ROLES, Answer, Clerk, blueprint, go_to, links
from admin.orders.pages.forms import SheetForm, UploadForm
from admin.orders.rows import Row
from admin.orders.sheet_reading import MOST_BYTES, MOST_ROWS, read_lines
from admin.orders.taking_over import NoSuchSheet
from admin.sheets.uploaded import BadSheet
from portal.foundation.address_numbers import page_number
from portal.foundation.database import database, reading, writing
from portal.foundation.uploads import takes_file, uploaded_file

_A_PAGE = 50
_MOST_LISTED = 10
_LONGEST_BEGINNING = 40
# The page waits for the registering no longer than this; the worker does the rest.
_MOST_SECONDS = 5.0


@blueprint.get("/orders/sheets")
@staff_only(*ENTERING_ROLES)
def ask_for_sheet() -> str:
    """Ask for a spreadsheet, and list one's last ones."""
    with reading() as session:
        return _ask(session, Clerk.of(session))


@blueprint.post("/orders/sheets")
@staff_only(*ENTERING_ROLES)
@takes_file(MOST_BYTES)
def upload_sheet() -> Answer:
    """Keep a spreadsheet to be looked at, or say what is wrong with it as a whole."""
    with reading() as session:
        clerk = Clerk.of(session)
        form = _upload_form(clerk)
        if not form.validate():
            return _ask(session, clerk, form=form), 422
        try:
            lines = read_lines(uploaded_file(), clerk.source)
        except BadSheet as bad:
            return _ask(session, clerk, bad.problems, form=form), 422
    with writing() as session:
        key = taking_over.keep(session, lines, clerk.sender(clerk.source, form.chosen_body)).key
    return redirect(links().order_sheets(key), 303)


@blueprint.get("/orders/sheets/<key>")
@staff_only(*ENTERING_ROLES)
def sheet(key: str) -> str:
    """The rows of a spreadsheet with what each becomes or what is wrong with it; or how far it was
    registered."""
    with reading() as session:
        clerk = Clerk.of(session)
        return _page(session, clerk, _found(session, clerk, key))


@blueprint.post("/orders/sheets/<key>/confirm")
@staff_only(*ENTERING_ROLES)
def confirm_sheet(key: str) -> Answer:
    """Register what was looked at, as many rows as there is time for."""
    form = SheetForm()
    with writing() as session:
        clerk = Clerk.of(session)
        kept = _found(session, clerk, key, to_change=True)
        fine = form.validate() and taking_over.confirm(session, kept)
    if not fine:
        with reading() as session:
            return _page(session, clerk, _found(session, clerk, key)), 409
    taking_over.go_on(database(), kept.id, most_seconds=_MOST_SECONDS)
    return redirect(links().order_sheets(key), 303)


@blueprint.post("/orders/sheets/<key>/drop")
@staff_only(*ENTERING_ROLES)
def drop_sheet(key: str) -> Answer:
    """Throw a spreadsheet away that wasn't confirmed."""
    with writing() as session:
        clerk = Clerk.of(session)
        taking_over.drop(session, _found(session, clerk, key, to_change=True))
    return go_to(links().order_sheets(), clerk.access.staff_id, "这张表不要了，一件也没有登记。")


def _found(session: Session, clerk: Clerk, key: str, *, to_change: bool = False) -> OrderSheet:
    try:
        return taking_over.find_sheet(session, key, clerk.access.staff_id, to_change=to_change)
    except NoSuchSheet:
        abort(404)


def _upload_form(clerk: Clerk, **given: Any) -> UploadForm:
    form = UploadForm(**given)
    form.offer(clerk.audit_bodies(clerk.source))
    return form


def _ask(
    session: Session,
    clerk: Clerk,
    problems: list[str] | None = None,
    *,
    form: UploadForm | None = None,
) -> str:
    source = clerk.source
    return render_template(
        "admin/orders/sheets.html",
        form=form or _upload_form(clerk, formdata=None),
        source=source,
        sources=clerk.sources,
        home=clerk.home,
        most_rows=MOST_ROWS,
        most_megabytes=MOST_BYTES // (1024 * 1024),
        columns=[COLUMNS[name] for name in columns_for(source)],
        problems=problems or [],
        sheets=taking_over.sheets_of(session, clerk.access.staff_id, _MOST_LISTED),
        flash_messages=done.unpack(clerk.access.staff_id),
    )


def _page(session: Session, clerk: Clerk, kept: OrderSheet) -> str:
    if kept.confirmed_at is not None:
        return render_template("admin/orders/sheet_done.html", sheet=kept, home=clerk.home)
    rows = taking_over.rows_of(session, kept)
    wrong = [row for row in rows if row.faults]
    # What has to be mended stands first.
    in_order = [*wrong, *(row for row in rows if not row.faults)]
    pages = max(1, -(-len(rows) // _A_PAGE))
    at = min(page_number(request.args.get("page")), pages)
    here = links().order_sheets(kept.key)
    return render_template(
        "admin/orders/sheet.html",
        sheet=kept,
        wrong=len(wrong),
        lines=_lines(session, clerk, in_order[(at - 1) * _A_PAGE : at * _A_PAGE]),
        at=at,
        pages=pages,
        previous=f"{here}?page={at - 1}" if at > 1 else None,
        next=f"{here}?page={at + 1}" if at < pages else None,
        form=SheetForm(formdata=None),
    )


def _lines(session: Session, clerk: Clerk, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows as the page shows them: their faults, each with its column, or what they become."""
    fine = [row for row in rows if row.draft and row.demand]
    orders = [(row.draft, row.demand) for row in fine if row.draft and row.demand]
    found = becoming(session, clerk.access, clerk.book, orders)
    becomes = {row.line: one for row, one in zip(fine, found, strict=True)}
    return [
        {
            "line": row.line,
            "number": row.number,
            "words": _beginning(row.words),
            "faults": [f"“{COLUMNS[one.column].heading}”：{one.what}" for one in row.faults],
            "becoming": becomes.get(row.line),
        }
        for row in rows
    ]


def _beginning(words: str) -> str:
    return words if len(words) <= _LONGEST_BEGINNING else f"{words[:_LONGEST_BEGINNING]}…"
