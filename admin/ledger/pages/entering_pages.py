"""Entering a problem without a case: a unit what it found by its own check, the office what it was
told."""

from __future__ import annotations

from flask import current_app, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.once import EnteredBefore
from admin.accounts.reader import Reader
from admin.files.file_field import comes_back
from admin.ledger.office_entry import enter_from_outside
from admin.ledger.own_check import OwnCheck, enter_own_check, places_to_check, units_that_find
from admin.ledger.pages.blueprint import CHECKING_ROLES, OFFICE_ROLES, blueprint
from admin.ledger.pages.forms import FindingForm, OutsideForm
from admin.ledger.pages.own_check_form import OwnCheckForm
from admin.ledger.problem import Problem, Source
from admin.ledger.refusals import (
    NeedsText,
    NotYourPlace,
    StepNotAllowed,
    UnitHasNoDesk,
)
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_attachments

Answer = str | tuple[str, int] | Response


@blueprint.get("/problems/own-check")
@staff_only(*CHECKING_ROLES)
def own_check() -> Answer:
    """Ask a unit what it found."""
    reader = _reader()
    form = OwnCheckForm(formdata=None, data=_begun(reader))
    form.offer_to(reader.book, reader.access)
    return _own_check_page(form)


@blueprint.post("/problems/own-check")
@takes_attachments
@staff_only(*CHECKING_ROLES)
def enter_own_checked() -> Answer:
    """Enter it, or give the form back with what was typed."""
    reader = _reader()
    form = OwnCheckForm()
    form.offer_to(reader.book, reader.access)
    status = comes_back(form)
    if status:
        return _own_check_page(form), status
    try:
        with writing() as session:
            problem = _own_checked(session, form)
    except EnteredBefore:
        return _entered_before()
    except (NeedsText, NotYourPlace, StepNotAllowed) as refusal:
        _blame(form, refusal)
        return _own_check_page(form), 422
    return _there(problem)


@blueprint.get("/problems/from-outside")
@staff_only(*OFFICE_ROLES)
def from_outside() -> Answer:
    """Ask the office what it was told."""
    reader = _reader(of_the_office=True)
    form = OutsideForm(formdata=None)
    form.offer(reader.book)
    return _outside_page(form)


@blueprint.post("/problems/from-outside")
@takes_attachments
@staff_only(*OFFICE_ROLES)
def enter_told() -> Answer:
    """Enter it, or give the form back with what was typed."""
    reader = _reader(of_the_office=True)
    form = OutsideForm()
    form.offer(reader.book)
    status = comes_back(form)
    if status:
        return _outside_page(form), status
    try:
        with writing() as session:
            by = _hand(session)
            form.refuse_twice(session)
            source = Source(form.source.data)
            problem = enter_from_outside(session, by=by, finding=form.finding, source=source)
    except EnteredBefore:
        return _entered_before()
    except (NeedsText, UnitHasNoDesk) as refusal:
        _blame(form, refusal)
        return _outside_page(form), 422
    return _there(problem)


def _begun(reader: Reader) -> dict[str, str]:
    """What stands in the form at first: unit and place, for whoever enters for one alone."""
    own = units_that_find(reader.book, reader.access)
    if len(own) != 1:
        return {}
    lists = {
        "unit": [*places_to_check(reader.book, own[0].code)],
        "place": [one.code for one in reader.book.places.values() if one.unit_code == own[0].code],
    }
    return {name: codes[0] for name, codes in lists.items() if len(codes) == 1}


def _own_checked(session: Session, form: OwnCheckForm) -> Problem:
    check = OwnCheck(found_by=form.found_by.data, finding=form.finding, measures=form.measures)
    by = _hand(session)
    form.refuse_twice(session)
    return enter_own_check(session, by=by, check=check)


def _reader(*, of_the_office: bool = False) -> Reader:
    with reading() as session:
        return Reader.of_the_office(session) if of_the_office else Reader.of(session)


def _hand(session: Session) -> Hand:
    reader = Reader.of(session)
    return Hand(reader.access, reader.book, 0)


def _blame(form: FindingForm, refusal: Exception) -> None:
    if isinstance(refusal, NeedsText):
        form.what_is_wrong.errors = ["请写查到的问题"]
    elif isinstance(refusal, StepNotAllowed) and isinstance(form, OwnCheckForm):
        form.measure.errors = ["措施由整改的单位自己记，这里请空着"]
    elif isinstance(refusal, UnitHasNoDesk):
        form.unit.errors = ["这个单位没有人在这里办公，请选别的单位"]
    else:
        form.unit.errors = ["自查只记本单位、下级单位和本条线街道、社区的问题"]


def _own_check_page(form: OwnCheckForm) -> str:
    return render_template("admin/ledger/own_check.html", form=form)


def _outside_page(form: OutsideForm) -> str:
    return render_template("admin/ledger/from_outside.html", form=form)


def _entered_before() -> Response:
    return redirect(f"{current_app.extensions['links'].problems()}?done=once", 303)


def _there(problem: Problem) -> Response:
    address = current_app.extensions["links"].problem(problem.number)
    return redirect(f"{address}?done=new", 303)
