"""An interviewer's own rows, and writing down what came of one; made for a telephone."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.assessments import sight
from admin.assessments.asking import OwnRow, open_rows, write_down
from admin.assessments.entry import Result
from admin.assessments.pages.blueprint import (
    ASKING_ROLES,
    REFUSALS,
    Answer,
    blueprint,
    go_to,
    links,
    status_of,
    words_of,
)
from admin.assessments.pages.forms import entry_form
from intake.assessing.assessment import Assessment
from intake.assessing.questions import COMPLAINED, Question, of_rows
from intake.vault.compartment import NotAHolder
from portal.campaign.book import Book
from portal.foundation.database import reading, writing


@blueprint.get("/assessments/<key>/rows")
@staff_only(*ASKING_ROLES)
def own_rows(key: str) -> str:
    """Those that he still has to ask, then those that he did."""
    with reading() as session:
        reader = Reader.of(session)
        one, rows = open_own(session, reader, key)
    to_ask = [row for row in rows if row.to_ask and row.entry is None]
    return render_template(
        "admin/assessments/own_rows.html",
        book=reader.book,
        one=one,
        streets=[(code, [x for x in to_ask if x.row.unit_code == code]) for code in _streets(rows)],
        written=[row for row in rows if row.entry is not None],
        to_ask=len(to_ask),
        results=Result,
        flash_messages=["记下了。"] if request.args.get("done") == "written" else [],
    )


@blueprint.get("/assessments/<key>/rows/<street>/<int:number>")
@staff_only(*ASKING_ROLES)
def row_entry(key: str, street: str, number: int) -> str:
    """Ask what came of it."""
    with reading() as session:
        reader = Reader.of(session)
        one, own = _row(session, reader, key, street, number)
    questions = of_rows(one.questions)
    form = entry_form(questions, typed=False, known=own.entry)
    return _page(one, own, reader.book, form, questions)


@blueprint.post("/assessments/<key>/rows/<street>/<int:number>")
@staff_only(*ASKING_ROLES)
def write_row_entry(key: str, street: str, number: int) -> Answer:
    """Write it down, or give the form back with what was typed."""
    with reading() as session:
        reader = Reader.of(session)
        one, own = _row(session, reader, key, street, number)
    questions = of_rows(one.questions)
    form = entry_form(questions)
    if not form.validate():
        return _page(one, own, reader.book, form, questions), 422
    try:
        with writing() as session:
            now = Reader.of(session)
            held, there = _row(session, now, key, street, number, to_change=True)
            write_down(session, held, there, by=now.hand(), entry=form.entry(questions))
    except REFUSALS as refusal:
        form.form_errors.append(words_of(refusal, reader.book))
        return _page(one, own, reader.book, form, questions), status_of(refusal)
    return go_to(links().assessments(key, "rows"), "written")


def open_own(
    session: Session, reader: Reader, key: str, *, to_change: bool = False
) -> tuple[Assessment, list[OwnRow]]:
    """The rows of whoever is signed in, opened."""
    one, rows = sight.own_rows(session, reader.access, reader.book, key, to_change=to_change)
    try:
        return one, open_rows(session, one, rows, by=reader.hand())
    except NotAHolder:
        # He left every unit that he served when he was given them.
        raise sight.NoSuchAssessment(key) from None


def _row(
    session: Session, reader: Reader, key: str, street: str, number: int, *, to_change: bool = False
) -> tuple[Assessment, OwnRow]:
    """One of them. A reserve that isn't needed doesn't exist."""
    one, rows = open_own(session, reader, key, to_change=to_change)
    for own in rows:
        is_there = own.to_ask or own.entry is not None
        if is_there and (own.row.unit_code, own.row.row_number) == (street, number):
            return one, own
    raise sight.NoSuchAssessment(key)


def _streets(rows: list[OwnRow]) -> list[str]:
    return sorted({own.row.unit_code for own in rows})


def _page(
    one: Assessment, own: OwnRow, book: Book, form: Any, questions: tuple[Question, ...]
) -> str:
    return render_template(
        "admin/assessments/row_entry.html",
        one=one,
        own=own,
        book=book,
        form=form,
        complained=COMPLAINED,
        fields=[form[f"q{place}"] for place in range(len(questions))],
    )
