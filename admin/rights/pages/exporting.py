"""The record of one year as a spreadsheet, without names."""

from __future__ import annotations

from flask import Response, abort

from admin.accounts.guard import staff_only
from admin.rights.pages.blueprint import blueprint, keeper
from admin.rights.record_sheet import record_of
from admin.rights.refusals import KEEPING_ROLES
from admin.rights.request_list import of_year
from portal.foundation.database import reading
from portal.foundation.spreadsheets import XLSX

_YEARS = range(2000, 2200)


@blueprint.get("/personal-information/record-<int:year>.xlsx")
@staff_only(*KEEPING_ROLES)
def record_file(year: int) -> Response:
    """One year."""
    if year not in _YEARS:
        abort(404)
    with reading() as session:
        me, known = keeper(session)
        content = record_of(year, of_year(session, me, year), known)
    answer = Response(content, mimetype=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename=personal-information-{year}.xlsx"
    return answer
