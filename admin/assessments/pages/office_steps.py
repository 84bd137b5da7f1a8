"""The steps of the office: drawing, giving rows, closing, dropping; each with its page."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.assessments import closing, drawing, giving_rows, opening
from admin.assessments.pages.blueprint import (
    OFFICE_ROLES,
    REFUSALS,
    Answer,
    blueprint,
    go_to,
    links,
    status_of,
    words_of,
)
from admin.assessments.pages.forms import GiftForm, TakeBackForm
from admin.assessments.sight import find_assessment
from admin.ledger.pages.forms import StepForm
from intake.assessing.assessment import Assessment, AssessmentState
from portal.campaign.book import Book
from portal.foundation.database import reading, writing

# WTForms' fields are made for each form class, so that a form here is as good as Any.
_Form = Any


@dataclass(frozen=True)
class _Step:
    """One step's page. `prepare` fills its lists."""

    heading: str
    lead: str
    verb: str
    state: AssessmentState
    form: type[StepForm]
    run: Callable[[Session, Assessment, Hand, _Form], object]
    prepare: Callable[[Session, Assessment, Book, _Form], None] = lambda *_: None
    hints: dict[str, str] | None = None
    warns: bool = False


def _offer_people(session: Session, one: Assessment, book: Book, form: _Form) -> None:
    people = giving_rows.who_may_be_given(session)
    form.offer_to(book, people, giving_rows.left(session, one))


STEPS = {
    "draw": _Step(
        "抽户",
        "每个街道按名单行数的比例抽，另抽一半备用。抽完不能再抽，问题和名单行数也不能再改。",
        "抽",
        AssessmentState.PREPARING,
        StepForm,
        lambda s, one, by, _form: drawing.draw_rows(
            s, one, by=by, seed=secrets.token_bytes(drawing.SEED_BYTES)
        ),
        warns=True,
    ),
    "interviewers": _Step(
        "分给谁访",
        "被评估的单位，还有它的上级、下级的人，不能去访。备用的户按比例一起分给他。",
        "分给他",
        AssessmentState.DRAWN,
        GiftForm,
        lambda s, one, by, form: giving_rows.give_rows(s, one, by=by, gift=form.gift),
        _offer_people,
        hints={"rows": "不算备用的。"},
    ),
    "close": _Step(
        "结束评估",
        "没访的不再访，没交的问卷条不再能用，各人记的不能再改。结束以后才算得出结果。",
        "结束，算结果",
        AssessmentState.DRAWN,
        StepForm,
        lambda s, one, by, _form: closing.close_assessment(s, one, by=by),
        warns=True,
    ),
    "drop": _Step(
        "不做了",
        "街道不再看到要报名单行数，报过的数留着备查。",
        "这次评估不做了",
        AssessmentState.PREPARING,
        StepForm,
        lambda s, one, by, _form: opening.drop_assessment(s, one, by=by),
        warns=True,
    ),
}


@blueprint.get("/assessments/<key>/<any('draw','interviewers','close','drop'):step>")
@staff_only(*OFFICE_ROLES)
def office_step(key: str, step: str) -> Answer:
    """Say what a step does, and ask for what it needs."""
    found = STEPS[step]
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_assessment(session, reader.access, reader.book, key)
        form = found.form(formdata=None, data={"version": str(one.version)})
        found.prepare(session, one, reader.book, form)
    if one.state is not found.state:
        return redirect(links().assessments(key), 303)
    return _page(found, one, form)


@blueprint.post("/assessments/<key>/<any('draw','interviewers','close','drop'):step>")
@staff_only(*OFFICE_ROLES)
def take_office_step(key: str, step: str) -> Answer:
    """Take it, or give the form back with what was typed."""
    found, form = STEPS[step], STEPS[step].form()
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_assessment(session, reader.access, reader.book, key)
        found.prepare(session, one, reader.book, form)
    if not form.validate():
        return _page(found, one, form), 422
    try:
        with writing() as session:
            now = Reader.of_the_office(session)
            held = find_assessment(session, now.access, now.book, key, to_change=True)
            found.run(session, held, now.hand(form.seen), form)
    except REFUSALS as refusal:
        form.form_errors.append(words_of(refusal, reader.book))
        form.version.data = str(_version(key))
        return _page(found, one, form), status_of(refusal)
    return go_to(links().assessments(key), step)


@blueprint.post("/assessments/<key>/take-back")
@staff_only(*OFFICE_ROLES)
def take_rows_back(key: str) -> Answer:
    """Take back the rows of an interviewer that he hasn't begun."""
    form = TakeBackForm()
    person = form.person.data or ""
    try:
        with writing() as session:
            now = Reader.of_the_office(session)
            giving_rows.take_rows_back(
                session,
                find_assessment(session, now.access, now.book, key, to_change=True),
                by=now.hand(form.seen),
                street=form.street.data or "",
                staff_id=int(person) if person.isdecimal() and len(person) < 10 else 0,
            )
    except REFUSALS:
        # The page shows how things stand.
        return redirect(links().assessments(key), 303)
    return go_to(links().assessments(key), "take-back")


def _version(key: str) -> int:
    with reading() as session:
        reader = Reader.of_the_office(session)
        return find_assessment(session, reader.access, reader.book, key).version


def _page(step: _Step, one: Assessment, form: _Form) -> str:
    return render_template("admin/assessments/step.html", step=step, one=one, form=form)
