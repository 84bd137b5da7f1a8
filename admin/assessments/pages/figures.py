"""The figures of an assessment that is over, their spreadsheet, and the record of the draw; for the
office and for those who audit."""

from __future__ import annotations

from flask import Response, make_response, render_template

from admin.accounts.guard import staff_only
from admin.assessments.lots import repeats
from admin.assessments.pages.blueprint import FIGURE_ROLES, blueprint, reader_of_figures
from admin.assessments.results import NotOverYet, assessment_results
from admin.assessments.results_workbook import percent, results_workbook, work_lines
from admin.assessments.sight import find_to_audit
from portal.foundation.database import reading
from portal.foundation.errors import error_page
from portal.foundation.spreadsheets import XLSX


@blueprint.get("/assessments/<key>/results")
@staff_only(*FIGURE_ROLES)
def results(key: str) -> str:
    """The figures on a page that can be printed. What interviewers remarked is for the office."""
    with reading() as session:
        reader = reader_of_figures(session)
        one = find_to_audit(session, reader.access, reader.book, key)
        found = assessment_results(session, one, reader.book)
    return render_template(
        "admin/assessments/results.html",
        book=reader.book,
        one=one,
        results=found,
        work=work_lines(found),
        office=reader.access.as_office,
        percent=percent,
        repeats=repeats(one.record or ""),
    )


@blueprint.get("/assessments/<key>/results.xlsx")
@staff_only(*FIGURE_ROLES)
def results_file(key: str) -> Response:
    """The same as a spreadsheet."""
    with reading() as session:
        reader = reader_of_figures(session)
        one = find_to_audit(session, reader.access, reader.book, key)
        found = assessment_results(session, one, reader.book)
    answer = make_response(results_workbook(found, reader.book))
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = f"attachment; filename=assessment-{one.key}.xlsx"
    return answer


@blueprint.get("/assessments/<key>/record.json")
@staff_only(*FIGURE_ROLES)
def draw_record(key: str) -> Response:
    """The record of the draw, as it was kept, whose SHA-256 stands among the events."""
    with reading() as session:
        reader = reader_of_figures(session)
        one = find_to_audit(session, reader.access, reader.book, key)
    answer = make_response(one.record or "")
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename=draw-{one.key}.json"
    return answer


@blueprint.errorhandler(NotOverYet)
def not_over_yet(_error: NotOverYet) -> Response:
    """Figures that don't exist yet."""
    return error_page(404)
