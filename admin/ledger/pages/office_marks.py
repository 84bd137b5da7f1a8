"""What the office alone ties to a problem: that it was referred, and further cases that feed it."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.own_units import keeps_the_office_s_own
from admin.accounts.reader import Reader
from admin.ledger.opening import add_case, problems_of
from admin.ledger.pages.blueprint import OFFICE_ROLES, blueprint
from admin.ledger.pages.mark_forms import JoinForm, ReferralForm
from admin.ledger.problem import Problem
from admin.ledger.referring import note_referral, referral_of
from admin.ledger.refusals import (
    AlreadyJoined,
    DayNotCome,
    OutOfScope,
    SomebodyWasFaster,
    StepNotAllowed,
)
from admin.ledger.sight import NoSuchProblem, find_problem
from portal.foundation.database import reading, writing

_WHY: dict[type[Exception], str] = {
    SomebodyWasFaster: "您打开这一页以后，有人改过。下面是现在的样子。",
    StepNotAllowed: "这个问题现在不能这样办，或者这个单位不收移送。",
    DayNotCome: "日子写到今天以后了。",
    NoSuchCase: "没有这件来件。请核对编号。",
    OutOfScope: "这件来件还没有查实，或者不在治理范围里，不能并入。",
    AlreadyJoined: "这件来件已经并在这个问题里了。",
}
Answer = str | tuple[str, int] | Response


@blueprint.get("/problems/<number>/referral")
@staff_only(*OFFICE_ROLES)
def referral(number: str) -> Answer:
    """Ask to whom it was referred, and what came of it."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        problem = _the_offices(session, reader, number)
        form = ReferralForm.about(session, problem, Hand(reader.access, reader.book, 0))
    return _referral_page(problem, form)


@blueprint.post("/problems/<number>/referral")
@staff_only(*OFFICE_ROLES)
def refer(number: str) -> Answer:
    """Note it, or give the form back with what was typed."""
    form = ReferralForm()
    with reading() as session:
        reader = Reader.of_the_office(session)
        problem = _the_offices(session, reader, number)
        form.offer(reader.book)
    if not form.validate():
        return _referral_page(problem, form), 422

    def note(session: Session, problem: Problem, by: Hand) -> None:
        note_referral(session, problem, by=by, referred=form.referred)

    refusal = _done(number, form, note)
    if refusal is None:
        return _back(number, "refer")
    with reading() as session:
        mark = referral_of(session, problem)
        form.version.data = str(mark.version if mark else 0)
    return _referral_page(problem, form, why=_WHY[type(refusal)]), 409


@blueprint.get("/problems/<number>/cases")
@staff_only(*OFFICE_ROLES)
def joining(number: str) -> Answer:
    """Ask which further case feeds the problem."""
    with reading() as session:
        problem = _the_offices(session, Reader.of_the_office(session), number)
    return _joining_page(problem, JoinForm(formdata=None))


@blueprint.post("/problems/<number>/cases")
@staff_only(*OFFICE_ROLES)
def join(number: str) -> Answer:
    """Let it feed the problem, or say why not."""
    form = JoinForm()
    with reading() as session:
        problem = _the_offices(session, Reader.of_the_office(session), number)
    if not form.validate():
        return _joining_page(problem, form), 422

    def add(session: Session, problem: Problem, by: Hand) -> None:
        case = find_case(session, by.access, form.wanted, to_change=True)
        opened = len(problems_of(session, case))
        add_case(session, problem, case, by=Hand(by.access, by.book, opened))

    refusal = _done(number, form, add)
    if refusal is None:
        return _back(number, "add-case")
    form.case_number.errors = [_WHY[type(refusal)]]
    return _joining_page(problem, form), 422


def _the_offices(
    session: Session, reader: Reader, number: str, *, to_change: bool = False
) -> Problem:
    """The problem, for whoever of the office may know what is kept from its unit."""
    problem = find_problem(session, reader.access, number, to_change=to_change)
    if not keeps_the_office_s_own(reader.book, reader.access, problem.unit_code):
        raise NoSuchProblem(number)
    return problem


def _done(
    number: str,
    form: ReferralForm | JoinForm,
    act: Callable[[Session, Problem, Hand], None],
) -> Exception | None:
    """Act; returns why it was refused."""
    try:
        with writing() as session:
            reader = Reader.of_the_office(session)
            problem = _the_offices(session, reader, number, to_change=True)
            act(session, problem, Hand(reader.access, reader.book, form.seen))
    except tuple(_WHY) as refusal:
        return refusal
    return None


def _back(number: str, done: str) -> Response:
    address = current_app.extensions["links"].problem(number)
    return redirect(f"{address}?done={done}", 303)


def _referral_page(problem: Problem, form: ReferralForm, *, why: str = "") -> str:
    return render_template("admin/ledger/referral.html", problem=problem, form=form, why=why)


def _joining_page(problem: Problem, form: JoinForm) -> str:
    return render_template("admin/ledger/joining.html", problem=problem, form=form)
