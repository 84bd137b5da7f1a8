"""Entering a problem into the ledger, from a case whose facts stand."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import find_case
from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.ledger.finding import may_open_from, needs_confirmation
from admin.ledger.opening import open_problem, problems_of
from admin.ledger.pages.blueprint import OFFICE_ROLES, blueprint
from admin.ledger.pages.forms import ProblemForm
from admin.ledger.problem import Problem, Source
from admin.ledger.refusals import (
    NeedsText,
    NotVerified,
    OutOfScope,
    ReportersWords,
    SomebodyWasFaster,
    StepNotAllowed,
    UnitHasNoDesk,
)
from intake.cases.case import Case
from portal.foundation.database import reading, writing

_WHY = {
    SomebodyWasFaster: "您打开这一页以后，这件来件又记了一个问题。先看看是不是同一个。",
    StepNotAllowed: "只有领导小组办公室能记台账。",
    OutOfScope: "这件不在这次治理的资金和年度里：照样办理、答复，不记台账。",
}
Answer = str | tuple[str, int] | Response


@blueprint.get("/problems/new")
@staff_only(*OFFICE_ROLES)
def new_problem() -> Answer:
    """Ask what was found; what the case already says is filled in."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        case = find_case(session, reader.access, request.args.get("case", ""))
        opened = problems_of(session, case)
    form = ProblemForm(formdata=None, data=_filled_in(case, len(opened)))
    form.offer(reader.book)
    return _page(reader, case, opened, form)


@blueprint.post("/problems/new")
@staff_only(*OFFICE_ROLES)
def enter_problem() -> Answer:
    """Enter it, or give the form back with what was typed."""
    number = request.args.get("case", "")
    with reading() as session:
        reader = Reader.of_the_office(session)
        case = find_case(session, reader.access, number)
        opened = problems_of(session, case)
    form = ProblemForm()
    form.offer(reader.book)
    if not form.validate():
        return _page(reader, case, opened, form), 422
    try:
        with writing() as session:
            problem = _enter(session, number, form)
    except ReportersWords as found:
        return _page(reader, case, opened, form, found=found), 422
    except (NotVerified, UnitHasNoDesk, NeedsText) as refusal:
        _blame(form, refusal)
        return _page(reader, case, opened, form), 422
    except tuple(_WHY) as refusal:
        return _refused(reader, number, form, _WHY[type(refusal)]), 409
    address = current_app.extensions["links"].problem(problem.number)
    return redirect(f"{address}?done=new", 303)


def _enter(session: Session, number: str, form: ProblemForm) -> Problem:
    reader = Reader.of_the_office(session)
    case = find_case(session, reader.access, number, to_change=True)
    by = Hand(reader.access, reader.book, form.seen)
    source = Source(form.source.data)
    return open_problem(session, from_case=case, by=by, finding=form.finding, source=source)


def _filled_in(case: Case, opened: int) -> dict[str, object]:
    """What the case says. Who handles an accusation isn't the unit that has to put things right."""
    return {
        "version": str(opened),
        "source": Source.VERIFICATION.value,
        "unit": "" if case.accusing else case.unit_code,
        "problem_type": case.problem_code or "",
        "policy": case.policy_code or "",
        "place": case.place_code or "",
        "fund_year": case.fund_year,
    }


def _blame(form: ProblemForm, refusal: Exception) -> None:
    if isinstance(refusal, NotVerified):
        form.verified.errors = ["这件还没有答复，要由办公室确认事实成立"]
    elif isinstance(refusal, UnitHasNoDesk):
        form.unit.errors = ["这个单位没有人在这里办公，请选别的单位"]
    else:
        form.what_is_wrong.errors = ["请写查到的问题"]


def _refused(reader: Reader, number: str, form: ProblemForm, why: str) -> str:
    """The form as it was typed, with the case as it is now, to look and press again."""
    with reading() as session:
        case = find_case(session, reader.access, number)
        opened = problems_of(session, case)
    form.version.data = str(len(opened))
    return _page(reader, case, opened, form, why=why)


def _page(
    reader: Reader,
    case: Case,
    opened: list[Problem],
    form: ProblemForm,
    *,
    why: str = "",
    found: ReportersWords | None = None,
) -> str:
    if not reader.access.as_office:
        abort(404)
    return render_template(
        "admin/ledger/new_problem.html",
        book=reader.book,
        case=case,
        opened=opened,
        form=form,
        possible=may_open_from(case),
        confirm=needs_confirmation(case),
        why=why,
        found=found,
    )
