"""The letters: the list, one letter, and what its state lets one do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.accounts.reader import Reader
from admin.shirking.letter import Letter, LetterState
from admin.shirking.letter_list import LetterFile, find_letter, letters, open_letter
from admin.shirking.pages.blueprint import READING_ROLES, WHY, Answer, blueprint, go_to
from admin.shirking.pages.forms import PressForm, TextForm
from admin.shirking.writing import answer_letter, close_letter, drop_letter, send_letter
from portal.foundation import clock
from portal.foundation.database import reading, writing

_A_PAGE = 30
_DONE = {
    "drafted": "稿写好了，等办公室负责人签发。",
    "changed": "稿改好了。",
    "send": "已经发出，单位现在能看到。",
    "drop": "不发了。",
    "answer": "已经回复办公室。",
    "close": "已记为了结。",
}


@dataclass(frozen=True)
class LetterStep:
    """What can be done with a letter: in which state, by whom, what is asked for, its verb."""

    name: str
    state: LetterState
    may: Callable[[Reader, Letter], bool]
    label: str
    verb: str
    act: Callable[..., None]


def _office(reader: Reader, _letter: Letter) -> bool:
    return reader.access.as_office


def _head(reader: Reader, _letter: Letter) -> bool:
    return reader.hand().heads_the_office


def _unit(reader: Reader, letter: Letter) -> bool:
    return letter.unit_code in reader.access.desks


STEPS = {
    one.name: one
    for one in (
        LetterStep("send", LetterState.DRAFTED, _head, "", "签发，发给单位", send_letter),
        LetterStep("drop", LetterState.DRAFTED, _office, "", "不发了", drop_letter),
        LetterStep("answer", LetterState.SENT, _unit, "本单位的回复", "回复办公室", answer_letter),
        LetterStep("close", LetterState.ANSWERED, _office, "怎么了结的", "了结", close_letter),
    )
}


@blueprint.get("/letters")
@staff_only(*READING_ROLES)
def letter_list() -> str:
    """The office reads all of them, a unit those that were sent to it."""
    with reading() as session:
        reader = Reader.of(session)
        found = Leaf.of(letters(session, reader.access), a_page=_A_PAGE)
    return render_template(
        "admin/shirking/letters.html",
        book=reader.book,
        office=reader.access.as_office,
        letters=found,
        today=clock.today(),
    )


@blueprint.get("/letters/<key>")
@staff_only(*READING_ROLES)
def letter(key: str) -> str:
    """One letter."""
    reader, file = _look(key)
    return _page(reader, file)


@blueprint.post("/letters/<key>/<any('send','drop','answer','close'):step>")
@staff_only(*READING_ROLES)
def take_letter_step(key: str, step: str) -> Answer:
    """Do it, or give the page back with what was typed."""
    reader, file = _look(key)
    wanted = STEPS[step]
    form: PressForm = TextForm() if wanted.label else PressForm()
    if not form.validate():
        return _page(reader, file, typed=form, at=step), 422
    try:
        with writing() as session:
            _act(session, key, wanted, form)
    except tuple(WHY) as refusal:
        reader, file = _look(key)
        form.version.data = str(file.letter.version)
        return _page(reader, file, typed=form, at=step, why=WHY[type(refusal)]), 409
    return go_to(key, step)


def _act(session: Session, key: str, step: LetterStep, form: PressForm) -> None:
    reader = Reader.of(session)
    held = find_letter(session, reader.access, key, to_change=True)
    by = reader.hand(form.seen)
    if isinstance(form, TextForm):
        step.act(session, held, by=by, text=form.text.data)
    else:
        step.act(session, held, by=by)


def _look(key: str) -> tuple[Reader, LetterFile]:
    with reading() as session:
        reader = Reader.of(session)
        return reader, open_letter(session, reader.access, key, reader.hand())


def _page(
    reader: Reader, file: LetterFile, *, typed: PressForm | None = None, at: str = "", why: str = ""
) -> str:
    steps = [
        one
        for one in STEPS.values()
        if one.state is file.letter.state and one.may(reader, file.letter)
    ]
    done = request.args.get("done", "")
    return render_template(
        "admin/shirking/letter.html",
        book=reader.book,
        file=file,
        letter=file.letter,
        steps=steps,
        typed=typed,
        at=at,
        why=why,
        office=reader.access.as_office,
        today=clock.today(),
        flash_messages=[_DONE[done]] if done in _DONE else [],
    )
