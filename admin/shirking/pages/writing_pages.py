"""Writing a letter to a unit, and changing it before it is sent."""

from __future__ import annotations

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.once import EnteredBefore
from admin.accounts.reader import Reader
from admin.shirking.letter import Letter, LetterState, LetterTextKind
from admin.shirking.letter_list import find_letter, open_letter
from admin.shirking.pages.blueprint import OFFICE_ROLES, WHY, Answer, blueprint, go_to, links
from admin.shirking.pages.forms import LetterForm, NewLetterForm, TimeForm
from admin.shirking.signs import to_be_told
from admin.shirking.writing import change_letter, draft_letter, suggested_text
from portal.foundation.database import reading, writing


@blueprint.get("/letters/new/<unit>")
@staff_only(*OFFICE_ROLES)
def new_letter(unit: str) -> str:
    """Begin a letter with what the unit may be told of a time."""
    with reading() as session:
        reader = _reader_about(Reader.of_the_office(session), unit)
        asked = TimeForm.asked(request.args, reader.book.campaign.starts_on)
        text = ""
        if asked.validate():
            counts = to_be_told(session, reader.book, asked.time).get(unit, {})
            name = reader.book.unit_name(unit)
            text = suggested_text(name, counts, asked.time.first, asked.time.last)
    return _page(reader, unit, NewLetterForm(formdata=None, data={"text": text}))


@blueprint.post("/letters/new/<unit>")
@staff_only(*OFFICE_ROLES)
def draft_new_letter(unit: str) -> Answer:
    """Draft it, or give the form back with what was typed."""
    form = NewLetterForm()
    with reading() as session:
        reader = _reader_about(Reader.of_the_office(session), unit)
    if not form.validate():
        return _page(reader, unit, form), 422
    try:
        with writing() as session:
            by = Reader.of_the_office(session).hand()
            form.refuse_twice(session)
            key = draft_letter(session, unit, by=by, draft=form.draft).key
    except EnteredBefore:
        return redirect(f"{links().letters()}?done=once", 303)
    except tuple(WHY) as refusal:
        return _page(reader, unit, form, why=WHY[type(refusal)]), 422
    return go_to(key, "drafted")


@blueprint.get("/letters/<key>/change")
@staff_only(*OFFICE_ROLES)
def change_page(key: str) -> str:
    """The draft as it stands, to be changed."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        file = open_letter(session, reader.access, key, reader.hand())
    letter = _draft(file.letter)
    text = next((one.text for one in file.texts if one.kind is LetterTextKind.BODY), "")
    data = {
        "version": str(letter.version),
        "kind": letter.kind.value,
        "answer_by": letter.answer_by,
        "talk_on": letter.talk_on,
        "text": text,
    }
    return _page(reader, letter.unit_code, LetterForm(formdata=None, data=data), letter=letter)


@blueprint.post("/letters/<key>/change")
@staff_only(*OFFICE_ROLES)
def change_draft(key: str) -> str | tuple[str, int] | Response:
    """Change it, or give the form back with what was typed."""
    form = LetterForm()
    with reading() as session:
        reader = Reader.of_the_office(session)
        letter = _draft(find_letter(session, reader.access, key))
    if not form.validate():
        return _page(reader, letter.unit_code, form, letter=letter), 422
    try:
        with writing() as session:
            now = Reader.of_the_office(session)
            held = find_letter(session, now.access, key, to_change=True)
            change_letter(session, held, by=now.hand(form.seen), draft=form.draft)
    except tuple(WHY) as refusal:
        with reading() as session:
            letter = find_letter(session, reader.access, key)
        form.version.data = str(letter.version)
        why = WHY[type(refusal)]
        return _page(reader, letter.unit_code, form, letter=letter, why=why), 409
    return go_to(key, "changed")


def _reader_about(reader: Reader, unit: str) -> Reader:
    found = reader.book.units.get(unit)
    if found is None or not found.desk:
        abort(404)
    return reader


def _draft(letter: Letter) -> Letter:
    if letter.state is not LetterState.DRAFTED:
        abort(404)
    return letter


def _page(
    reader: Reader, unit: str, form: LetterForm, *, letter: Letter | None = None, why: str = ""
) -> str:
    form.text.label.text = "信的内容"
    return render_template(
        "admin/shirking/write.html",
        book=reader.book,
        unit=unit,
        form=form,
        letter=letter,
        why=why,
    )
