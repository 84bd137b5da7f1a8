"""What a round does at one unit: it was there, it tells the unit what to do, it finds problems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.once import EnteredBefore
from admin.accounts.reader import Reader
from admin.files.evidence import Proof
from admin.files.file_field import comes_back
from admin.ledger.pages.forms import FindingForm, desk_units
from admin.ledger.refusals import NeedsText, StepNotAllowed
from admin.rounds.ordering import give_order
from admin.rounds.pages.blueprint import OFFICE_ROLES, Answer, blueprint, go_to, links
from admin.rounds.pages.forms import OrderForm, VisitForm
from admin.rounds.refusals import WrongDays
from admin.rounds.round_file import find_round, find_visit
from admin.rounds.supervision_round import RoundVisit, SupervisionRound
from admin.rounds.visiting import find_at_visit, note_visit
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_attachments

Form = Any
_Run = Callable[[Session, SupervisionRound, RoundVisit, Hand, Form], object]


@dataclass(frozen=True)
class VisitStep:
    """One thing that is written about a visit: its heading, who reads it, its verb."""

    heading: str
    readers: str
    label: str
    hint: str
    verb: str
    done: str
    wrong_day: str
    form: type[VisitForm | OrderForm]
    run: _Run


def _visit(s: Session, one: SupervisionRound, visit: RoundVisit, by: Hand, form: Form) -> None:
    note_visit(
        s, one, visit, by=by, visited_on=form.day.data, seen=Proof(form.text.data, form.files.data)
    )


def _order(s: Session, one: SupervisionRound, visit: RoundVisit, by: Hand, form: Form) -> None:
    give_order(s, one, visit, by=by, text=form.text.data, due_on=form.day.data)


STEPS = {
    "visit": VisitStep(
        "记去过",
        "只有领导小组办公室能看到。",
        "看到什么",
        "写看了哪些账、哪些户，对不对得上。不写群众的姓名。",
        "记下来",
        "visited",
        "要写督导开始以后、今天以前的日子",
        VisitForm,
        _visit,
    ),
    "order": VisitStep(
        "交代要办的事",
        "这个单位和领导小组办公室能看到。",
        "要办什么",
        "写清做到什么程度、交什么材料。",
        "交代给单位",
        "ordered",
        "要写今天以后的日子",
        OrderForm,
        _order,
    ),
}
_WHY: dict[type[Exception], str] = {
    StepNotAllowed: "现在不能这样办：这次督导结束了，或者还没有去过这个单位。",
}


@blueprint.get("/rounds/<key>/units/<unit>/<any('visit','order'):step>")
@staff_only(*OFFICE_ROLES)
def visit_step(key: str, unit: str, step: str) -> Answer:
    """Ask what is to be written."""
    one, visit, reader = _look(key, unit)
    form = STEPS[step].form(formdata=None, data={"version": str(one.version)})
    return _page(reader, one, visit, STEPS[step], form)


@blueprint.post("/rounds/<key>/units/<unit>/<any('visit','order'):step>")
@takes_attachments
@staff_only(*OFFICE_ROLES)
def take_visit_step(key: str, unit: str, step: str) -> Answer:
    """Write it, or give the form back with what was typed."""
    one, visit, reader = _look(key, unit)
    wanted = STEPS[step]
    form: Form = wanted.form()
    status = comes_back(form)
    if status:
        return _page(reader, one, visit, wanted, form), status
    try:
        with writing() as session:
            now = Reader.of_the_office(session)
            held = find_round(session, now.access, key, to_change=True)
            form.refuse_twice(session)
            there = find_visit(session, held, unit, now.hand())
            wanted.run(session, held, there, now.hand(), form)
    except EnteredBefore:
        return go_to(links().supervision_round(key), wanted.done)
    except WrongDays:
        form.day.errors = [wanted.wrong_day]
        return _page(reader, one, visit, wanted, form), 422
    except NeedsText:
        form.text.errors = ["请写几句"]
        return _page(reader, one, visit, wanted, form), 422
    except tuple(_WHY) as refusal:
        return _page(reader, one, visit, wanted, form, why=_WHY[type(refusal)]), 409
    return go_to(links().supervision_round(key), wanted.done)


@blueprint.get("/rounds/<key>/units/<unit>/finding")
@staff_only(*OFFICE_ROLES)
def round_finding(key: str, unit: str) -> Answer:
    """Ask what was found."""
    one, visit, reader = _look(key, unit)
    form = FindingForm(formdata=None, data={"unit": unit})
    return _finding_page(reader, one, visit, _offered(form, reader, unit))


@blueprint.post("/rounds/<key>/units/<unit>/finding")
@takes_attachments
@staff_only(*OFFICE_ROLES)
def enter_round_finding(key: str, unit: str) -> Answer:
    """Enter it into the ledger, or give the form back with what was typed."""
    one, visit, reader = _look(key, unit)
    form = _offered(FindingForm(), reader, unit)
    status = comes_back(form)
    if status:
        return _finding_page(reader, one, visit, form), status
    try:
        with writing() as session:
            now = Reader.of_the_office(session)
            held = find_round(session, now.access, key, to_change=True)
            there = find_visit(session, held, unit, now.hand())
            form.refuse_twice(session)
            find_at_visit(session, held, there, by=now.hand(), finding=form.finding)
    except EnteredBefore:
        return go_to(links().supervision_round(key), "found")
    except StepNotAllowed:
        return _finding_page(reader, one, visit, form, why=_WHY[StepNotAllowed]), 409
    return go_to(links().supervision_round(key), "found")


def _look(key: str, unit: str) -> tuple[SupervisionRound, RoundVisit, Reader]:
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_round(session, reader.access, key)
        return one, find_visit(session, one, unit, reader.hand()), reader


def _offered(form: FindingForm, reader: Reader, unit: str) -> FindingForm:
    form.offer(reader.book)
    form.unit.choices = desk_units(reader.book, only={unit, *reader.book.below(unit)})
    return form


def _page(
    reader: Reader,
    one: SupervisionRound,
    visit: RoundVisit,
    step: VisitStep,
    form: Form,
    *,
    why: str = "",
) -> str:
    form.text.label.text = step.label
    return render_template(
        "admin/rounds/visit_step.html",
        book=reader.book,
        round=one,
        visit=visit,
        step=step,
        form=form,
        why=why,
    )


def _finding_page(
    reader: Reader, one: SupervisionRound, visit: RoundVisit, form: FindingForm, *, why: str = ""
) -> str:
    return render_template(
        "admin/rounds/finding.html", book=reader.book, round=one, visit=visit, form=form, why=why
    )
