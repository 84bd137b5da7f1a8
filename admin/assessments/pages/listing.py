"""The first page: assessments for the office and for those who audit, lists whose number a street
is asked for, rows for interviewers; and opening a new one."""

from __future__ import annotations

from typing import Any

from flask import render_template

from admin.accounts.guard import signed_in, staff_only
from admin.accounts.reader import Reader
from admin.assessments.opening import open_assessment
from admin.assessments.pages.blueprint import (
    AUDITING_ROLES,
    EVERYBODY,
    OFFICE_ROLES,
    REFUSALS,
    Answer,
    blueprint,
    go_to,
    links,
    status_of,
    words_of,
)
from admin.assessments.pages.forms import USUAL_QUESTIONS, PlanForm
from admin.assessments.sight import list_assessments, lists_to_report, own_assessments
from intake.assessing.assessment import AssessmentState
from portal.campaign.book import Book
from portal.foundation.database import reading, writing


@blueprint.get("/assessments")
@staff_only(*EVERYBODY)
def assessments() -> str:
    """Every list, each for whom it is. Auditors have what was drawn, the office all."""
    with reading() as session:
        reader = Reader.of(session)
        office = reader.access.as_office
        audits = any(map(signed_in().holds, AUDITING_ROLES))
        found = list_assessments(session, reader.access, reader.book) if office or audits else []
        return render_template(
            "admin/assessments/assessments.html",
            book=reader.book,
            office=office,
            audits=audits,
            states=AssessmentState,
            found=found if office else [one for one in found if one.record],
            to_report=lists_to_report(session, reader.access),
            mine=list(own_assessments(session, reader.access, reader.book)),
        )


@blueprint.get("/assessments/new")
@staff_only(*OFFICE_ROLES)
def new_assessment() -> str:
    """Ask what is assessed."""
    with reading() as session:
        reader = Reader.of_the_office(session)
    form = PlanForm(formdata=None, data={"questions": USUAL_QUESTIONS, "asked": 400})
    return _page(form, reader.book)


@blueprint.post("/assessments/new")
@staff_only(*OFFICE_ROLES)
def open_new_assessment() -> Answer:
    """Open it, or give the form back with what was typed."""
    with reading() as session:
        reader = Reader.of_the_office(session)
    form = PlanForm()
    form.offer(reader.book)
    if not form.validate():
        return _page(form, reader.book), 422
    try:
        with writing() as session:
            by = Reader.of_the_office(session).hand()
            key = open_assessment(session, by=by, plan=form.plan).key
    except REFUSALS as refusal:
        form.form_errors.append(words_of(refusal, reader.book))
        return _page(form, reader.book), status_of(refusal)
    return go_to(links().assessments(key), "opened")


def _page(form: Any, book: Book) -> str:
    form.offer(book)
    return render_template("admin/assessments/new.html", form=form)
