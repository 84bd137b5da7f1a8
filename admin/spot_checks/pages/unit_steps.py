"""What a team writes at a unit: visits, a finding, the conclusion; each its page, and doing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.once import EnteredBefore
from admin.accounts.reader import Reader
from admin.accounts.staff_form import OnceForm
from admin.files.evidence import Proof
from admin.files.file_field import comes_back
from admin.ledger.pages.blueprint import LEDGER_ROLES
from admin.spot_checks import checking
from admin.spot_checks.checking import Place
from admin.spot_checks.pages import forms
from admin.spot_checks.pages.blueprint import REFUSALS, Answer, blueprint, hand_of, links, words_of
from admin.spot_checks.sight import find_unit, is_in_team
from portal.campaign.book import Book
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_attachments

_Form = Any


@dataclass(frozen=True)
class _Step:
    """One step's page."""

    heading: str
    lead: str
    verb: str
    form: type[OnceForm]
    run: Callable[[Session, Place, Hand, _Form], object]
    hints: dict[str, str]
    warns: bool = False


_STEPS = {
    "visits": _Step(
        "记入户",
        "一天记一次。不写户主姓名、电话和门牌。本组和领导小组办公室能看到。",
        "记下",
        forms.VisitsForm,
        lambda s, at, by, form: checking.note_visits(
            s, at, by=by, visits=form.visits, note=Proof(form.note.data or "", form.files.data)
        ),
        {
            "confirmed": "补贴和台账上的一样。",
            "deviating": "少发、多发、没发、冒领，都算。",
            "note": "可以不写。",
        },
    ),
    "finding": _Step(
        "记查到的问题",
        "记入台账，来源是重点抽查。责任单位、主管这项补贴的部门和领导小组办公室能看到。",
        "记入台账",
        forms.FoundForm,
        lambda s, at, by, form: checking.enter_finding(s, at, by=by, finding=form.finding),
        {"what_is_wrong": "写查到的事实。不写群众的姓名、身份证号、卡号、电话和门牌。"},
    ),
    "conclusion": _Step(
        "这个单位查完了",
        "本组和领导小组办公室能看到。还有问题没记的，先记。",
        "查完了",
        forms.ConclusionForm,
        lambda s, at, by, form: checking.conclude(
            s, at, by=by, words=Proof(form.words.data or "", form.files.data)
        ),
        {"words": "看了什么，查了多少，有没有问题。不写群众的姓名和门牌。"},
    ),
}


@blueprint.get(
    "/spot-checks/<int:check_id>/units/<code>/<any('visits','finding','conclusion'):step>"
)
@staff_only(*LEDGER_ROLES)
def unit_step(check_id: int, code: str, step: str) -> Answer:
    """Ask what is to be written down."""
    at, book = _place(check_id, code)
    form: _Form = _STEPS[step].form(formdata=None)
    _offer(form, book, code)
    return _page(_STEPS[step], at, book, form)


@blueprint.post(
    "/spot-checks/<int:check_id>/units/<code>/<any('visits','finding','conclusion'):step>"
)
@takes_attachments
@staff_only(*LEDGER_ROLES)
def take_unit_step(check_id: int, code: str, step: str) -> Answer:
    """Write it down, or give the form back with what was typed."""
    found = _STEPS[step]
    at, book = _place(check_id, code)
    form: _Form = found.form()
    _offer(form, book, code)
    status = comes_back(form)
    if status:
        return _page(found, at, book, form), status
    there = f"{links().checked_unit(check_id, code)}?done={step}"
    try:
        with writing() as session:
            by = hand_of(session)
            held = Place(*find_unit(session, by.access, by.book, (check_id, code), to_change=True))
            form.refuse_twice(session)
            found.run(session, held, by, form)
    except EnteredBefore:
        return redirect(there, 303)
    except REFUSALS as refusal:
        form.form_errors.append(words_of(refusal, book))
        return _page(found, at, book, form), 422
    return redirect(there, 303)


def _place(check_id: int, code: str) -> tuple[Place, Book]:
    """The unit, for a member of its team; the office reads it and writes nothing there."""
    with reading() as session:
        reader = Reader.of(session)
        check, unit = find_unit(session, reader.access, reader.book, (check_id, code))
        if not is_in_team(session, reader.access, unit.team_id):
            abort(404)
    return Place(check, unit), reader.book


def _offer(form: _Form, book: Book, code: str) -> None:
    if isinstance(form, forms.FoundForm):
        form.offer_places(book, code)


def _page(step: _Step, at: Place, book: Book, form: _Form) -> str:
    name = book.units[at.unit.unit_code].name
    return render_template(
        "admin/spot_checks/step.html",
        step=step,
        title=f"{step.heading}：{name}",
        back=(links().checked_unit(at.check.id, at.unit.unit_code), name),
        form=form,
        hints=step.hints,
    )
