"""What a unit found by its own checks, as a spreadsheet: look at its rows, then enter them all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import Response, current_app, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, SelectField
from wtforms.validators import DataRequired

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.once import EnteredBefore
from admin.accounts.reader import Reader
from admin.accounts.staff_form import StaffForm
from admin.ledger.check_entry import enter_sheet
from admin.ledger.check_sheet import HEADINGS, SHEET, read_checks
from admin.ledger.own_check import OwnCheck, units_that_find
from admin.ledger.pages.blueprint import CHECKING_ROLES, blueprint
from admin.sheets.headed import SheetRow
from admin.sheets.uploaded import MOST_BYTES, BadSheet
from portal.foundation.database import reading, writing
from portal.foundation.spreadsheets import XLSX, workbook_of
from portal.foundation.uploads import takes_file, uploaded_file

_MOST_SHOWN = 50
# One row that shows how to fill it in.
_SHOWN: Sequence[str] = (
    "", "1.2", "", "", "2021", "12户的津贴晚发两个月", "3600", "12", "2022-07-15",
    "逐户补发", "何经办", "2022-06-30",
)  # fmt: skip
Answer = str | tuple[str, int] | AnyResponse


class SheetForm(StaffForm):
    """Which unit found what stands in a sheet; its text is carried from the preview."""

    found_by = SelectField("哪个单位查的", [DataRequired("请选是哪个单位查的")])
    table = HiddenField()

    def offer_to(self, reader: Reader) -> None:
        """Fill the list with the units of the writer."""
        own = units_that_find(reader.book, reader.access)
        self.found_by.choices = [(one.code, one.name) for one in own]


@blueprint.get("/problems/own-check/sheet")
@staff_only(*CHECKING_ROLES)
def check_sheet() -> str:
    """Ask for a spreadsheet."""
    return _ask(_reader(), [])


@blueprint.get("/problems/own-check/template.xlsx")
@staff_only(*CHECKING_ROLES)
def check_template() -> Response:
    """The empty spreadsheet with its columns and one row that shows how to fill it in."""
    columns = dict.fromkeys(HEADINGS.values(), 18)
    content = workbook_of("自查发现的问题", columns, [_SHOWN])
    return Response(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="own-check-template.xlsx"'},
    )


@blueprint.post("/problems/own-check/sheet")
@staff_only(*CHECKING_ROLES)
@takes_file(MOST_BYTES)
def look_at_check_sheet() -> Answer:
    """Show the rows of a spreadsheet, or what is wrong with them; the file isn't kept."""
    reader, form = _reader(), SheetForm()
    form.offer_to(reader)
    if not form.validate():
        return _ask(reader, [str(one) for one in form.found_by.errors]), 422
    try:
        rows = SHEET.read(uploaded_file())
        checks = read_checks(rows, reader.book, form.found_by.data)
    except BadSheet as bad:
        return _ask(reader, bad.problems), 422
    return _look(reader, form.found_by.data, rows, checks)


@blueprint.post("/problems/own-check/sheet/save")
@staff_only(*CHECKING_ROLES)
def enter_check_sheet() -> Answer:
    """Enter what was looked at, every row of it read and checked once more."""
    reader, form = _reader(), SheetForm()
    form.offer_to(reader)
    if not form.validate():
        return _ask(reader, [str(one) for one in form.found_by.errors]), 422
    table = form.table.data or ""
    try:
        checks = read_checks(SHEET.read_text(table), reader.book, form.found_by.data)
        with writing() as session:
            now = Reader.of(session)
            enter_sheet(session, by=Hand(now.access, now.book, 0), checks=checks, table=table)
    except BadSheet as bad:
        return _ask(reader, bad.problems), 422
    except EnteredBefore:
        return _ask(reader, ["这张表已经记过了，没有再记一遍。要看，回台账。"]), 409
    return redirect(f"{current_app.extensions['links'].problems()}?done=sheet", 303)


def _reader() -> Reader:
    with reading() as session:
        return Reader.of(session)


def _ask(reader: Reader, problems: list[str]) -> str:
    form = SheetForm(formdata=None)
    form.offer_to(reader)
    return render_template("admin/ledger/check_sheet.html", form=form, problems=problems)


def _look(reader: Reader, unit: str, rows: list[SheetRow], checks: list[OwnCheck]) -> str:
    form = SheetForm(formdata=None, data={"found_by": unit, "table": SHEET.as_text(rows)})
    form.offer_to(reader)
    amounts = [one.finding.amount or Decimal() for one in checks]
    return render_template(
        "admin/ledger/check_sheet_rows.html",
        form=form,
        book=reader.book,
        checks=checks[:_MOST_SHOWN],
        count=len(checks),
        amount=sum(amounts, Decimal()),
        persons=sum(one.finding.persons or 0 for one in checks),
        most=_MOST_SHOWN,
    )
