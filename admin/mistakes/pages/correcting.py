"""Correcting the answer to a mistake on the site: a page of its own, with what stands filled in."""

from __future__ import annotations

from flask import current_app, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.mistakes import correcting
from admin.mistakes.answerer import ANSWERING_ROLES, Answerer
from admin.mistakes.correcting import NothingChanged
from admin.mistakes.mistake_list import read_texts
from admin.mistakes.pages.blueprint import answerer, blueprint, the_mistake
from admin.mistakes.pages.forms import AnswerForm
from admin.publishing.desk import NeedsText, NotAtThisDesk, SomebodyWasFaster
from admin.publishing.pages.room import whole
from intake.cases.site_mistake import MistakeOutcome, SiteMistake
from portal.foundation.database import reading, writing

_WHY = "您打开这一页以后，答复又改过了。您写的都在，请再看一遍。"
Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/mistakes/<number>/correction")
@staff_only(*ANSWERING_ROLES)
def correction(number: str) -> str:
    """The answer that stands, to be written anew."""
    return _page(number)


@blueprint.post("/publishing/mistakes/<number>/correction")
@staff_only(*ANSWERING_ROLES)
def correct(number: str) -> Answer:
    """Correct it, or give the form back with what was typed."""
    form = AnswerForm()
    try:
        with writing() as session:
            me, found = _to_correct(session, number, to_change=True)
            if not form.validate():
                return _page(number, form), 422
            correcting.correct(
                session,
                found,
                by=me,
                version=whole(form.version.data),
                outcome=MistakeOutcome(form.outcome.data),
                text=form.text.data or "",
            )
    except NeedsText:
        form.text.errors = ["请写答复"]
        return _page(number, form), 422
    except NothingChanged:
        form.text.errors = ["和现在的答复一样，没有改动"]
        return _page(number, form), 422
    except SomebodyWasFaster:
        return _page(number, form, why=_WHY), 409
    return redirect(f"{current_app.extensions['links'].pointed_out()}?done=corrected", 303)


def _page(number: str, form: AnswerForm | None = None, *, why: str = "") -> str:
    with reading() as session:
        _, found = _to_correct(session, number)
        texts = read_texts(session, found)
        stands = {"outcome": found.outcome, "text": texts.answer if texts else ""}
        form = form or AnswerForm(formdata=None, data=stands)
        form.version.data = str(found.version)
        return render_template(
            "admin/mistakes/correction.html", mistake=found, texts=texts, form=form, why=why
        )


def _to_correct(
    session: Session, number: str, *, to_change: bool = False
) -> tuple[Answerer, SiteMistake]:
    """Who may correct its answer, and the mistake."""
    me = answerer(session)
    found = the_mistake(session, me, number, to_change=to_change)
    if not me.may_correct(found):
        raise NotAtThisDesk(me.staff_id)
    return me, found
