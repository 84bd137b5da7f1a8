"""Taking over a spreadsheet in two steps: look at what it would change, then save."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import signed_in, staff_only
from admin.publishing.pages.comparing import repeating
from admin.responsibilities.change import SomebodyWasFaster, carry_out
from admin.responsibilities.columns import SHEET
from admin.responsibilities.pages.blueprint import DESK, OFFICE_ROLES, Editor, blueprint
from admin.responsibilities.pages.forms import SheetForm, TakeOverForm
from admin.responsibilities.preview import preview
from admin.responsibilities.row_lines import in_reading_order, line_of
from admin.responsibilities.table import Table, last_change, names_of
from admin.responsibilities.whole_table import TakenOver, take_over
from admin.sheets.headed import SheetRow
from admin.sheets.uploaded import MOST_BYTES, BadSheet
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_file, uploaded_file

# More than this nobody reads at a sitting, and the page would weigh too much.
_MOST_SHOWN = 30
Answer = str | tuple[str, int] | Response


@blueprint.get("/responsibilities/import")
@staff_only(*OFFICE_ROLES)
def import_page() -> str:
    """Ask for a spreadsheet."""
    with reading() as session:
        Editor.of(session)
    return _ask()


@blueprint.post("/responsibilities/import")
@staff_only(*OFFICE_ROLES)
@takes_file(MOST_BYTES)
def look_at_sheet() -> Answer:
    """Show what a spreadsheet would change, or what is wrong with it; the file isn't kept."""
    with reading() as session:
        Editor.of(session)
    try:
        sheet = SHEET.read(uploaded_file())
        repeated = _repeated(sheet)
        with reading() as session:
            editor = Editor.of(session)
            taken = take_over(editor.table, sheet, repeated)
            return _check_page(session, editor, sheet, taken)
    except BadSheet as bad:
        return _ask(bad.problems), 422


@blueprint.post("/responsibilities/import/save")
@staff_only(*OFFICE_ROLES)
def save_sheet() -> Answer:
    """Take the spreadsheet over, every row of it read and checked once more."""
    form = TakeOverForm()
    with reading() as session:
        Editor.of(session)
    try:
        sheet = SHEET.read_text(form.table.data or "")
        repeated = _repeated(sheet)
        with writing() as session:
            editor = Editor.of(session, to_change=True)
            if form.version.data != editor.table.version:
                raise SomebodyWasFaster
            taken = take_over(editor.table, sheet, repeated)
            seen = editor.table.version
            carry_out(session, taken.change, editor.table, by=signed_in().id, seen=seen)
    except BadSheet as bad:
        return _ask(bad.problems), 422
    except SomebodyWasFaster:
        return _look_again(sheet), 409
    return redirect(f"{current_app.extensions['links'].in_charge()}?done=import", 303)


def _repeated(sheet: list[SheetRow]) -> frozenset[str]:
    """The bases of new rows that repeat words of a case, asked before anything is held. Of a sheet
    with anything else wrong nothing is asked; that is told where it is taken over."""
    with reading() as session:
        try:
            change = take_over(Editor.of(session).table, sheet).change
        except BadSheet:
            return frozenset()
    return repeating(change.bases, DESK, "import")


def _ask(problems: list[str] | None = None) -> str:
    return render_template(
        "admin/responsibilities/import.html",
        form=SheetForm(formdata=None),
        problems=problems or [],
    )


def _look_again(sheet: list[SheetRow]) -> str:
    """The spreadsheet held against the table as it is now, after somebody else changed it."""
    with reading() as session:
        editor = Editor.of(session)
        try:
            taken = take_over(editor.table, sheet)
        except BadSheet as bad:
            return _ask(bad.problems)
        faster = last_change(session)
        return _check_page(session, editor, sheet, taken, faster=faster)


def _check_page(
    session: Session, editor: Editor, sheet: list[SheetRow], taken: TakenOver, **more: Any
) -> str:
    table = editor.table
    data = {"version": table.version, "table": SHEET.as_text(sheet)}
    return render_template(
        "admin/responsibilities/import_check.html",
        form=TakeOverForm(formdata=None, data=data),
        book=table.book,
        taken=taken,
        seen=preview(session, editor.access, table, taken.change),
        most=_MOST_SHOWN,
        **_lines(session, table, taken),
        **more,
    )


def _lines(session: Session, table: Table, taken: TakenOver) -> dict[str, Any]:
    """The rows that the spreadsheet adds, and those that it ends with their last day."""
    added = in_reading_order(taken.change.added, table.book)[:_MOST_SHOWN]
    ended = [row for row in table.rows if row.id in taken.change.ended][:_MOST_SHOWN]
    names = names_of(session, ended)
    return {
        "added": [line_of(row, table.book, {}) for row in added],
        "ended": [
            (line_of(row, table.book, names), taken.change.ended[row.id])
            for row in in_reading_order(ended, table.book)
        ],
    }
