"""What a case may belong together with: what it is tied to, what is suggested, and any other number
that somebody has in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.pages import done
from admin.desk.pages.case_page import subject_of
from admin.desk.pages.desk import Desk
from admin.desk.ties import Ties
from admin.duplicates.pages.blueprint import Answer, blueprint, links
from admin.duplicates.suggestions import MOST_READ, may_look, suggested
from intake.cases.case import Case
from intake.repeats import repeats_before
from intake.typed_text import digits
from portal.campaign.book import Book
from portal.foundation.database import reading
from portal.foundation.formats import day_with_year
from portal.foundation.staff import AT_A_DESK


@dataclass(frozen=True)
class Line:
    """Another case, why it is shown, and what it is about."""

    number: str
    why: str
    subject: str
    came: str
    state: str
    unit: str


@dataclass(frozen=True)
class _Looked:
    """What was found for a case."""

    case: Case
    tied: Sequence[Line]
    found: Sequence[Line]
    may_look: bool
    times: int


@blueprint.get("/cases/<number>/duplicates")
@staff_only(*AT_A_DESK)
def duplicates(number: str) -> Answer:
    """Show what a case may belong together with, or go to the one whose number was typed."""
    wanted = digits(request.args.get("number", "")).upper()[:20]
    with reading() as session:
        desk = Desk.of(session)
        try:
            case = find_case(session, desk.access, number)
        except NoSuchCase:
            abort(404)
        if wanted and _is_there(session, desk, wanted) and wanted != number:
            return redirect(links().duplicates(number, wanted), 303)
        looked = _look(session, desk, case)
    return render_template(
        "admin/duplicates/duplicates.html",
        case=looked.case,
        looked=looked,
        missing=wanted,
        most=MOST_READ,
        flash_messages=done.unpack(desk.access.staff_id),
    )


def _is_there(session: Session, desk: Desk, number: str) -> bool:
    try:
        find_case(session, desk.access, number)
    except NoSuchCase:
        return False
    return True


def _look(session: Session, desk: Desk, case: Case) -> _Looked:
    access, book = desk.access, desk.book
    return _Looked(
        case=case,
        tied=[_line(x.case, x.words, book) for x in Ties.of(session, access, case).others],
        found=[
            _line(x.case, "；".join(x.reasons), book)
            for x in suggested(session, access, book, case)
        ],
        may_look=may_look(session, case, access, book),
        times=1 + repeats_before(session, case),
    )


def _line(case: Case, why: str, book: Book) -> Line:
    return Line(
        number=case.number,
        why=why,
        subject=subject_of(case, book),
        came=day_with_year(case.registered_on),
        state=case.state.official,
        unit=book.units[case.unit_code].short_name,
    )
