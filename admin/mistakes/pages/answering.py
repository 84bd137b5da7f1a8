"""One mistake on the site: what was written, the page that it names, and the answer."""

from __future__ import annotations

from flask import current_app, redirect, render_template
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.mistakes import answering
from admin.mistakes.answerer import ANSWERING_ROLES
from admin.mistakes.answering import AlreadyAnswered
from admin.mistakes.correcting import superseded
from admin.mistakes.mistake_list import due_of, read_texts
from admin.mistakes.pages.blueprint import address_of, answerer, blueprint, the_mistake
from admin.mistakes.pages.forms import AnswerForm
from admin.publishing.desk import NeedsText, SomebodyWasFaster
from admin.publishing.pages.room import whole
from admin.publishing.publishing_list import names_of
from intake.cases.site_mistake import MistakeOutcome
from portal.foundation.database import reading, writing

_WHY = {
    AlreadyAnswered: "已经有同事答复了，您写的没有发。",
    SomebodyWasFaster: "您打开这一页以后，这一条有了变化。您写的都在，请再看一遍。",
}
Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/mistakes/<number>")
@staff_only(*ANSWERING_ROLES)
def mistake(number: str) -> str:
    """One mistake."""
    return _page(number)


@blueprint.post("/publishing/mistakes/<number>")
@staff_only(*ANSWERING_ROLES)
def answer(number: str) -> Answer:
    """Answer it, or give the form back with what was typed."""
    form = AnswerForm()
    try:
        with writing() as session:
            me = answerer(session)
            found = the_mistake(session, me, number, to_change=True)
            if not form.validate():
                return _page(number, form), 422
            answering.answer(
                session,
                found,
                by=me,
                version=whole(form.version.data),
                outcome=MistakeOutcome(form.outcome.data),
                text=form.text.data or "",
            )
    except NeedsText:
        form.form_errors.append("答复是空的，请写几句")
        return _page(number, form), 422
    except tuple(_WHY) as refusal:
        return _page(number, form, why=_WHY[type(refusal)]), 409
    return redirect(f"{current_app.extensions['links'].pointed_out()}?done=answered", 303)


def _page(number: str, form: AnswerForm | None = None, *, why: str = "") -> str:
    with reading() as session:
        me = answerer(session)
        found = the_mistake(session, me, number)
        texts = read_texts(session, found)
        form = form or AnswerForm(formdata=None)
        form.version.data = str(found.version)
        return render_template(
            "admin/mistakes/mistake.html",
            me=me,
            mistake=found,
            texts=texts,
            address=address_of(texts.page) if texts else "",
            due=due_of(found, me.book),
            names=names_of(session, {found.answered_by or 0, found.corrected_by or 0}),
            earlier=superseded(session, found),
            form=form,
            why=why,
        )
