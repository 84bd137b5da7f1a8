"""Changing the query code that a member of staff saw: say why, show the new one, and only when its
holder says that he has it, change it.

Nothing is stored before that last press, and the new code was on the screen by then: an answer that
gets lost on either way locks nobody out.
"""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from intake import code_change
from intake.pages.blueprint import blueprint
from intake.pages.forms import ChangeCodeForm, MoreWordsForm
from intake.pages.own_case import Typed, case_page
from intake.pages.tries import not_too_often
from intake.progress import UnknownCode, look_up
from intake.vault.query_codes import read_code
from portal.foundation.database import reading, writing_soon

_CHANGED = "查询码换好了，原来那个不能用了。请收好新的：{code}。"


def explain(query_code: str, *, status: int = 200, form: ChangeCodeForm | None = None) -> Response:
    """The page that says why the code has to be changed, with the button for a new one."""
    form = form or ChangeCodeForm(None, query_code=query_code)
    return make_response(render_template("intake/change_code.html", form=form), status)


@blueprint.post("/progress/code")
def change_code() -> ResponseReturnValue:
    """Show the new code; said to be written down, let it take the old one's place."""
    not_too_often()
    form = ChangeCodeForm(request.form)
    old, submission = read_code(form.query_code.data or ""), str(form.submission_id.data)
    shown = form.made_by.data or ""
    with reading() as session:
        made = code_change.next_code(session, old, submission, shown=shown)
        new = made.code
        try:
            found = look_up(session, old, one_time=True)
        except UnknownCode:
            # Changed by this very form, perhaps, whose answer got lost.
            return case_page(session, look_up(session, new), _no_words(new), note=_said(new))
        if not found.one_time:
            return case_page(session, found, _no_words(old))
    if not form.validate():
        return explain(old, status=form.refusal, form=form)
    if "confirmed" not in request.form or made.made_by != shown:
        form.made_by.data = made.made_by
        return make_response(render_template("intake/new_code.html", form=form, query_code=new))
    with writing_soon() as session:
        code_change.change_code(session, old, new)
    with reading() as session:
        return case_page(session, look_up(session, new), _no_words(new), note=_said(new))


def _no_words(query_code: str) -> Typed:
    return Typed(MoreWordsForm(None, query_code=query_code))


def _said(query_code: str) -> str:
    fours = (query_code[at : at + 4] for at in range(0, len(query_code), 4))
    return _CHANGED.format(code=" ".join(fours))
