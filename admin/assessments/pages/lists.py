"""How long the lists are: one street by its form, or all by a spreadsheet of numbers."""

from __future__ import annotations

from flask import Response, make_response, render_template

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.assessments.assessed_street import AssessedStreet
from admin.assessments.pages.blueprint import (
    ASKING_ROLES,
    OFFICE_ROLES,
    REFUSALS,
    Answer,
    blueprint,
    go_to,
    links,
    status_of,
    words_of,
)
from admin.assessments.pages.forms import ListForm, SheetForm
from admin.assessments.reporting_lists import SHEET, read_reports, report_all, report_list
from admin.assessments.sight import find_assessment, find_street, streets_of
from admin.ledger.refusals import SomebodyWasFaster, StepNotAllowed
from admin.sheets.uploaded import MOST_BYTES, BadSheet
from intake.assessing.assessment import Assessment
from portal.campaign.book import Book
from portal.foundation.database import reading, writing
from portal.foundation.spreadsheets import XLSX, workbook_of
from portal.foundation.uploads import takes_file, uploaded_file

_WIDTHS = {"unit": 12, "recipients": 12, "fingerprint": 70, "paper": 20}


@blueprint.get("/assessments/<key>/streets/<code>")
@staff_only(*ASKING_ROLES)
def street_list(key: str, code: str) -> str:
    """Ask how long the list is."""
    one, street, book = _look(key, code)
    mark = (street.list_mark or "").split(" ", 1)[-1]
    is_paper = (street.list_mark or "").startswith("封存")
    data = {
        "version": str(street.version),
        "recipients": street.recipients,
        "paper" if is_paper else "fingerprint": mark,
    }
    return _page(one, street, book, ListForm(formdata=None, data=data))


@blueprint.post("/assessments/<key>/streets/<code>")
@staff_only(*ASKING_ROLES)
def report_street_list(key: str, code: str) -> Answer:
    """Keep it, or give the form back with what was typed."""
    one, street, book = _look(key, code)
    form = ListForm()
    if not form.validate():
        return _page(one, street, book, form), 422
    try:
        with writing() as session:
            reader = Reader.of(session)
            at = key, code
            held, place = find_street(session, reader.access, reader.book, at, to_change=True)
            report_list(session, held, place, by=reader.hand(form.seen), report=form.report)
    except REFUSALS as refusal:
        form.form_errors.append(words_of(refusal, book))
        one, street, book = _look(key, code)
        form.version.data = str(street.version)
        return _page(one, street, book, form), status_of(refusal)
    # A street has no page of the assessment, and finds what it reported in its own list.
    back = links().assessments(key) if reader.access.as_office else links().assessments()
    return go_to(back, "lists")


@blueprint.get("/assessments/<key>/lists")
@staff_only(*OFFICE_ROLES)
def lists_sheet(key: str) -> str:
    """Ask for a spreadsheet of numbers."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_assessment(session, reader.access, reader.book, key)
    return _sheet_page(one, [])


@blueprint.post("/assessments/<key>/lists")
@staff_only(*OFFICE_ROLES)
@takes_file(MOST_BYTES)
def report_lists(key: str) -> Answer:
    """Take all its numbers, or say what is wrong with it; the file isn't kept."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_assessment(session, reader.access, reader.book, key)
        codes = [street.unit_code for street in streets_of(session, one)]
    form = SheetForm()
    try:
        reports = read_reports(uploaded_file(), codes)
        with writing() as session:
            now = Reader.of_the_office(session)
            held = find_assessment(session, now.access, now.book, key, to_change=True)
            report_all(session, held, by=now.hand(form.seen), reports=reports)
    except BadSheet as bad:
        return _sheet_page(one, bad.problems), 422
    except (StepNotAllowed, SomebodyWasFaster) as refusal:
        with reading() as session:
            one = find_assessment(session, reader.access, reader.book, key)
        return _sheet_page(one, [words_of(refusal, reader.book)]), 409
    return go_to(links().assessments(key), "lists")


@blueprint.get("/assessments/<key>/lists.xlsx")
@staff_only(*OFFICE_ROLES)
def lists_template(key: str) -> Response:
    """The spreadsheet with the streets in it, to be filled in."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_assessment(session, reader.access, reader.book, key)
        streets = streets_of(session, one)
    widths = {SHEET.headings[name]: width for name, width in _WIDTHS.items()}
    lines = [(one.unit_code, one.recipients, "", "", _name(reader.book, one)) for one in streets]
    answer = make_response(workbook_of("名单行数", {**widths, "街道": 30}, lines))
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = "attachment; filename=lists.xlsx"
    return answer


def _name(book: Book, street: AssessedStreet) -> str:
    return book.units[street.unit_code].name


def _look(key: str, code: str) -> tuple[Assessment, AssessedStreet, Book]:
    with reading() as session:
        reader = Reader.of(session)
        one, street = find_street(session, reader.access, reader.book, (key, code))
        return one, street, reader.book


def _page(one: Assessment, street: AssessedStreet, book: Book, form: ListForm) -> str:
    return render_template(
        "admin/assessments/street_list.html", one=one, street=street, book=book, form=form
    )


def _sheet_page(one: Assessment, problems: list[str]) -> str:
    form = SheetForm(formdata=None, data={"version": str(one.version)})
    return render_template("admin/assessments/lists.html", one=one, form=form, problems=problems)
