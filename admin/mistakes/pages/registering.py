"""Making a case of what was written as a mistake on the site: a page of its own, which says what it
does."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import may_see
from admin.accounts.guard import staff_only
from admin.mistakes import answering
from admin.mistakes.answerer import REGISTERING_ROLES, Answerer
from admin.mistakes.answering import AlreadyAnswered
from admin.mistakes.mistake_list import read_texts
from admin.mistakes.pages.blueprint import answerer, blueprint, the_mistake
from admin.mistakes.pages.forms import RegisterForm
from admin.publishing.desk import NotAtThisDesk, SomebodyWasFaster
from admin.publishing.pages.room import whole
from intake.cases.site_mistake import SiteMistake
from portal.campaign.kinds import Kind
from portal.foundation.database import reading, writing

Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/mistakes/<number>/case")
@staff_only(*REGISTERING_ROLES)
def as_case(number: str) -> str:
    """Ask of which kind the case is."""
    return _page(number)


@blueprint.post("/publishing/mistakes/<number>/case")
@staff_only(*REGISTERING_ROLES)
def register(number: str) -> Answer:
    """Register it."""
    form = RegisterForm()
    links = current_app.extensions["links"]
    try:
        with writing() as session:
            me, found = _to_register(session, number, to_change=True)
            if not form.validate():
                return _page(number, form), 422
            case = answering.register(
                session, found, by=me, version=whole(form.version.data), kind=Kind(form.kind.data)
            )
            # Read as a case, the words may accuse him who registered them.
            shows = may_see(session, me.access, case.number)
            its_number = f"&case={case.number}" if shows else ""
    except AlreadyAnswered:
        return redirect(links.pointed_out(number), 303)
    except SomebodyWasFaster:
        return _page(number, form, why="您打开这一页以后，这一条有了变化。请再看一遍。"), 409
    return redirect(f"{links.pointed_out()}?done=registered{its_number}", 303)


def _page(number: str, form: RegisterForm | None = None, *, why: str = "") -> str:
    with reading() as session:
        _, found = _to_register(session, number)
        if found.outcome is not None:
            abort(404)
        form = form or RegisterForm(formdata=None)
        form.version.data = str(found.version)
        return render_template(
            "admin/mistakes/as_case.html",
            mistake=found,
            texts=read_texts(session, found),
            form=form,
            why=why,
        )


def _to_register(
    session: Session, number: str, *, to_change: bool = False
) -> tuple[Answerer, SiteMistake]:
    """Who may register it, and the mistake; a mere publisher may not."""
    me = answerer(session)
    found = the_mistake(session, me, number, to_change=to_change)
    if not me.may_register(found):
        raise NotAtThisDesk(me.staff_id)
    return me, found
