"""One step of a problem: its page, and taking it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, redirect, render_template
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.files.file_field import comes_back
from admin.ledger.allowed import allowed
from admin.ledger.pages.blueprint import PROBLEM_ROLES, blueprint
from admin.ledger.pages.step_page import Form, StepPage
from admin.ledger.pages.step_pages import STEP_PAGES
from admin.ledger.problem_file import ProblemFile, open_file
from admin.ledger.refusals import (
    DayNotCome,
    DayPassed,
    MeasuresUndone,
    NeedsSecondPerson,
    NeedsText,
    NothingChanged,
    SomebodyWasFaster,
    StepNotAllowed,
)
from admin.ledger.sight import find_problem
from portal.campaign.book import Book
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_attachments

_WHY = {
    SomebodyWasFaster: "您打开这一页以后，这个问题有了变化。",
    StepNotAllowed: "这个问题现在不能这样办了。",
    NeedsSecondPerson: "您参与过这个问题，要由办公室另一位同事来办。",
    MeasuresUndone: "还有措施没做完，或者没写证明。",
}
Answer = str | tuple[str, int] | Response


@blueprint.get("/problems/<number>/<any('measures','responsible','rectified'):step>")
@blueprint.get("/problems/<number>/<any('send-back','strike-off','carry-over'):step>")
@blueprint.get("/problems/<number>/<any('resume','unfounded','reopen'):step>")
@blueprint.get("/problems/<number>/<any('look-again','change'):step>")
@staff_only(*PROBLEM_ROLES)
def step(number: str, step: str) -> Answer:
    """Show what a step will do, and ask for what it needs."""
    return _ask(number, STEP_PAGES[step], 0)


@blueprint.get("/problems/<number>/measures/<int:position>")
@staff_only(*PROBLEM_ROLES)
def measure(number: str, position: int) -> Answer:
    """Ask when a measure was done, and for the evidence."""
    return _ask(number, STEP_PAGES["done"], position)


@blueprint.post("/problems/<number>/<any('measures','responsible','rectified'):step>")
@blueprint.post("/problems/<number>/<any('send-back','strike-off','carry-over'):step>")
@blueprint.post("/problems/<number>/<any('resume','unfounded','reopen'):step>")
@blueprint.post("/problems/<number>/<any('look-again','change'):step>")
@takes_attachments
@staff_only(*PROBLEM_ROLES)
def take_step(number: str, step: str) -> Answer:
    """Take the step, and lead back to the problem; or give the form back with what was typed."""
    return _take(number, STEP_PAGES[step], 0)


@blueprint.post("/problems/<number>/measures/<int:position>")
@takes_attachments
@staff_only(*PROBLEM_ROLES)
def finish_measure(number: str, position: int) -> Answer:
    """Note that a measure was done."""
    return _take(number, STEP_PAGES["done"], position)


@dataclass(frozen=True)
class _Looked:
    """A problem as it is now, and whether a step would succeed."""

    file: ProblemFile
    possible: bool
    book: Book


def _ask(number: str, page: StepPage, position: int) -> Answer:
    looked = _look(number, page, position)
    problem = looked.file.problem
    filled_in = {**page.filled_in(problem), "version": str(problem.version)}
    if page.name == "responsible":
        filled_in |= {"leader": looked.file.leader, "person": looked.file.person}
    form = page.form(formdata=None, data=filled_in)
    form.offer(looked.book)
    if looked.possible:
        return _render(looked, page, form, position)
    return _render(looked, page, form, position, why=_WHY[StepNotAllowed]), 409


def _take(number: str, page: StepPage, position: int) -> Answer:
    looked = _look(number, page, position)
    form: Form = page.form()
    form.offer(looked.book)
    status = comes_back(form)
    if status:
        return _render(looked, page, form, position), status
    try:
        with writing() as session:
            reader = Reader.of(session)
            problem = find_problem(session, reader.access, number, to_change=True)
            by = Hand(reader.access, reader.book, form.seen)
            page.run(session, problem, by, form, position)
    except (NeedsText, NothingChanged, DayNotCome, DayPassed) as refusal:
        _blame(form, refusal)
        return _render(looked, page, form, position), 422
    except tuple(_WHY) as refusal:
        looked = _look(number, page, position)
        form.version.data = str(looked.file.problem.version)
        return _render(looked, page, form, position, why=_WHY[type(refusal)]), 409
    address = current_app.extensions["links"].problem(number)
    return redirect(f"{address}?done={page.name}", 303)


def _blame(form: Form, refusal: Exception) -> None:
    match refusal:
        case DayNotCome():
            form.done_on.errors = ["这一天还没到"]
        case DayPassed():
            form.day.errors = ["要写今天以后的日子"]
        case NothingChanged():
            form.form_errors.append("和现在的一样，没有改什么")
        case _:
            form.form_errors.append("内容是空的，请写几句")


def _look(number: str, page: StepPage, position: int) -> _Looked:
    with reading() as session:
        reader = Reader.of(session)
        problem = find_problem(session, reader.access, number)
        file = open_file(session, problem, reader.access.fieldwork)
        possible = page.name in {one.name for one in allowed(session, problem, reader.hand())}
    if page.name == "done":
        if not 1 <= position <= len(file.measures):
            abort(404)
        possible = possible and file.measures[position - 1].done_on is None
    return _Looked(file, possible, reader.book)


def _render(looked: _Looked, page: StepPage, form: Form, position: int, *, why: str = "") -> str:
    file = looked.file
    return render_template(
        "admin/ledger/step.html",
        page=page,
        file=file,
        form=form,
        measure=file.measures[position - 1] if position else None,
        possible=looked.possible,
        why=why,
        latest=file.history[0] if why and file.history else None,
    )
