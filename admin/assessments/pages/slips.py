"""Printing slips: the codes are shown once, on the page that is printed."""

from __future__ import annotations

from flask import redirect, render_template
from markupsafe import Markup

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.assessments.pages.blueprint import (
    OFFICE_ROLES,
    REFUSALS,
    Answer,
    blueprint,
    links,
    status_of,
    words_of,
)
from admin.assessments.pages.forms import SlipsForm
from admin.assessments.printing_slips import print_slips
from admin.assessments.sight import find_assessment, streets_of
from intake.assessing.assessment import Assessment, AssessmentState
from portal.campaign.book import Book
from portal.foundation.database import reading, writing
from portal.publicity.qr_code import qr_picture


@blueprint.get("/assessments/<key>/slips")
@staff_only(*OFFICE_ROLES)
def ask_for_slips(key: str) -> Answer:
    """Ask how many, for which street."""
    one, codes, book = _look(key)
    if one.state is not AssessmentState.DRAWN:
        return redirect(links().assessments(key), 303)
    form = SlipsForm(formdata=None, data={"version": str(one.version)})
    form.offer_to(book, codes)
    return _page(one, form)


@blueprint.post("/assessments/<key>/slips")
@staff_only(*OFFICE_ROLES)
def make_slips(key: str) -> Answer:
    """Make them and show them, to be printed; pressed again, they are the same."""
    one, codes, book = _look(key)
    form = SlipsForm()
    form.offer_to(book, codes)
    if not form.validate():
        return _page(one, form), 422
    try:
        with writing() as session:
            now = Reader.of_the_office(session)
            made = print_slips(
                session,
                find_assessment(session, now.access, now.book, key, to_change=True),
                by=now.hand(form.seen),
                street=form.street.data,
                number=form.number.data or 0,
                once=form.once.data or "",
            )
    except REFUSALS as refusal:
        form.form_errors.append(words_of(refusal, book))
        form.version.data = str(_look(key)[0].version)
        return _page(one, form), status_of(refusal)
    address = links().questionnaire_in_full()
    return render_template(
        "admin/assessments/slip_sheet.html",
        one=one,
        book=book,
        street=form.street.data,
        codes=made,
        address=address,
        qr=Markup(qr_picture(address)),  # noqa: S704  # Made here, of an address of ours.
    )


def _look(key: str) -> tuple[Assessment, list[str], Book]:
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_assessment(session, reader.access, reader.book, key)
        return one, [street.unit_code for street in streets_of(session, one)], reader.book


def _page(one: Assessment, form: SlipsForm) -> str:
    return render_template("admin/assessments/slips.html", one=one, form=form)
