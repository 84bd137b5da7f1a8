"""An interviewer's own rows, and writing down what came of one; made for a telephone.

A row can leave him while he writes: the office ends the assessment or takes the row back, or a
reserve isn't needed any more. He is given back then what he typed, if he was shown the form, which
the form proves.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
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
from intake.vault.vault import vault_of
from portal.campaign.book import Book
from portal.foundation.database import reading, writing

_GONE = (
    "没有记下。这一户现在不归您记：评估结束了，办公室拿回去了，或者备用的不用访了。"
    "您填的都在下面，要留就抄下来，交给办公室。"
)


@dataclass(frozen=True)
class _Place:
    """A row by the key of its assessment, its street and its number, as its address has them."""

    key: str
    street: str
    number: int

    def shown_to(self, session: Session, staff_id: int) -> tuple[str, ...]:
        """What only this site can write into the form of this row for this person; a form that was
        shown before the key was turned has one of the later ones."""
        parts = str(staff_id), self.key, self.street, str(self.number)
        return vault_of(session).stamps("assessment-row", *parts)


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
    place = _Place(key, street, number)
    with reading() as session:
        reader = Reader.of(session)
        one, own = _row(session, reader, place)
        shown = place.shown_to(session, reader.access.staff_id)
    questions = of_rows(one.questions)
    form = entry_form(questions, typed=False, known=own.entry, shown=shown[0])
    return _page(one, place, reader.book, form, questions)


@blueprint.post("/assessments/<key>/rows/<street>/<int:number>")
@staff_only(*ASKING_ROLES)
def write_row_entry(key: str, street: str, number: int) -> Answer:
    """Write it down, or give the form back with what was typed."""
    place = _Place(key, street, number)
    try:
        return _write(place)
    except sight.NoSuchAssessment:
        return _give_back(place), 409


def _write(place: _Place) -> Answer:
    with reading() as session:
        reader = Reader.of(session)
        one, _ = _row(session, reader, place)
    questions = of_rows(one.questions)
    form = entry_form(questions)
    if not form.validate():
        return _page(one, place, reader.book, form, questions), 422
    try:
        with writing() as session:
            now = Reader.of(session)
            held, there = _row(session, now, place, to_change=True)
            write_down(session, held, there, by=now.hand(), entry=form.entry(questions))
    except REFUSALS as refusal:
        form.form_errors.append(words_of(refusal, reader.book))
        return _page(one, place, reader.book, form, questions), status_of(refusal)
    return go_to(links().assessments(place.key, "rows"), "written")


def _give_back(place: _Place) -> str:
    """The form with what he typed, of a row that isn't his any more.

    Raises:
        NoSuchAssessment: he was never shown it.
    """
    with reading() as session:
        reader = Reader.of(session)
        one = sight.of_key(session, place.key)
        shown = place.shown_to(session, reader.access.staff_id)
    questions = of_rows(one.questions)
    form = entry_form(questions)
    typed = (form.shown.data or "").encode()
    if not any(hmac.compare_digest(typed, one.encode()) for one in shown):
        raise sight.NoSuchAssessment(place.key)
    form.form_errors.append(_GONE)
    return _page(one, place, reader.book, form, questions, back=links().assessments())


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
    session: Session, reader: Reader, place: _Place, *, to_change: bool = False
) -> tuple[Assessment, OwnRow]:
    """One of them. A reserve that isn't needed doesn't exist."""
    one, rows = open_own(session, reader, place.key, to_change=to_change)
    for own in rows:
        is_there = own.to_ask or own.entry is not None
        if is_there and (own.row.unit_code, own.row.row_number) == (place.street, place.number):
            return one, own
    raise sight.NoSuchAssessment(place.key)


def _streets(rows: list[OwnRow]) -> list[str]:
    return sorted({own.row.unit_code for own in rows})


def _page(
    one: Assessment,
    place: _Place,
    book: Book,
    form: Any,
    questions: tuple[Question, ...],
    *,
    back: str = "",
) -> str:
    return render_template(
        "admin/assessments/row_entry.html",
        one=one,
        place=place,
        back=back or links().assessments(one.key, "rows"),
        book=book,
        form=form,
        complained=COMPLAINED,
        fields=[form[f"q{place}"] for place in range(len(questions))],
    )
