"""The whole table as a file: a workbook to read and edit, or the file of a campaign's folder."""

from __future__ import annotations

from flask import Response

from admin.accounts.guard import staff_only
from admin.responsibilities.pages.blueprint import OFFICE_ROLES, Editor, blueprint
from admin.responsibilities.row_lines import in_reading_order
from admin.responsibilities.spreadsheet_writing import to_csv, to_xlsx
from portal.foundation.database import reading
from portal.foundation.spreadsheets import XLSX

_TYPES = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
}


@blueprint.get("/responsibilities/table.<any('xlsx','csv'):kind>")
@staff_only(*OFFICE_ROLES)
def export(kind: str) -> Response:
    """All rows, past and future ones too."""
    with reading() as session:
        table = Editor.of(session).table
    rows = in_reading_order(table.rows, table.book)
    content = to_xlsx(rows, table.book) if kind == "xlsx" else to_csv(rows)
    name = f"responsibilities-{table.today.isoformat()}.{kind}"
    return Response(
        content,
        content_type=_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
