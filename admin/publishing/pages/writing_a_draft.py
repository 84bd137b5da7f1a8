"""Writing a draft, and writing it anew."""

from __future__ import annotations

from flask import redirect, render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.ledger.problem import Problem
from admin.ledger.problem_file import ProblemFile, open_file
from admin.publishing import draft_texts, drafting
from admin.publishing.desk import (
    PUBLISHING_ROLES,
    AlreadyDrafted,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.pages.blueprint import blueprint, the_draft, the_problem
from admin.publishing.pages.drafts import results
from admin.publishing.pages.forms import DraftForm
from admin.publishing.pages.room import Answer, links, publisher, whole
from portal.foundation.database import reading, writing


@blueprint.get("/publishing/new")
@staff_only(*PUBLISHING_ROLES)
def new_draft() -> Answer:
    """Ask for the three texts, with what the ledger says beside them."""
    with reading() as session:
        me = publisher(session)
        problem = the_problem(session, request.args.get("problem", ""))
        there = drafting.open_draft(session, problem)
        if there is not None:
            return redirect(links().draft(there.id), 303)
        file = _file(session, problem, me)
    return _page(me, file, DraftForm(formdata=None))


@blueprint.post("/publishing/new")
@staff_only(*PUBLISHING_ROLES)
def write_draft() -> Answer:
    """Store the draft, or give the form back with what was typed."""
    number = request.args.get("problem", "")
    form = DraftForm()
    try:
        with writing() as session:
            me = publisher(session)
            problem = the_problem(session, number)
            if not form.validate():
                return _page(me, _file(session, problem, me), form), 422
            draft = drafting.draft_result(session, problem, by=me, words=form.words)
    except NeedsText:
        return _with_file(number, form, blank=True), 422
    except AlreadyDrafted:
        return _with_file(number, form, why="另一位同事刚刚起草了这一条。"), 409
    results.compare(draft.id)
    return redirect(f"{links().draft(draft.id)}?done=drafted", 303)


@blueprint.get("/publishing/<int:draft_id>/text")
@staff_only(*PUBLISHING_ROLES)
def text(draft_id: int) -> Answer:
    """Show the draft's texts to be written anew."""
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, draft_id)
        problem = session.get_one(Problem, draft.problem_id)
        file = _file(session, problem, me)
        texts = draft_texts.unseal(session, problem, draft, me.office)
    data = {name: texts.of(name) for name in draft_texts.FIELDS}
    form = DraftForm(formdata=None, data={**data, "version": str(draft.version)})
    return _page(me, file, form, draft_id=draft_id, because=texts.sent_back_because)


@blueprint.post("/publishing/<int:draft_id>/text")
@staff_only(*PUBLISHING_ROLES)
def mend(draft_id: int) -> Answer:
    """Store the texts, or give the form back with what was typed."""
    form = DraftForm()
    try:
        with writing() as session:
            me = publisher(session)
            draft = the_draft(session, draft_id, to_change=True)
            number = session.get_one(Problem, draft.problem_id).number
            now = draft.version
            if not form.validate():
                return _with_file(number, form, draft_id=draft_id), 422
            version = whole(form.version.data)
            drafting.mend(session, draft, by=me, version=version, words=form.words)
    except NeedsText:
        return _with_file(number, form, draft_id=draft_id, blank=True), 422
    except (SomebodyWasFaster, NotADraft):
        form.version.data = str(now)
        why = "您打开这一页以后，这一稿有了变化。"
        return _with_file(number, form, draft_id=draft_id, why=why), 409
    results.compare(draft_id)
    return redirect(f"{links().draft(draft_id)}?done=mended", 303)


def _file(session: Session, problem: Problem, me: Publisher) -> ProblemFile:
    return open_file(session, problem, frozenset({me.office}))


def _with_file(
    number: str, form: DraftForm, *, draft_id: int = 0, why: str = "", blank: bool = False
) -> str:
    if blank:
        form.form_errors.append("内容是空的，请写几句")
    with reading() as session:
        me = publisher(session)
        file = _file(session, the_problem(session, number), me)
    return _page(me, file, form, draft_id=draft_id, why=why)


def _page(
    me: Publisher,
    file: ProblemFile,
    form: DraftForm,
    *,
    draft_id: int = 0,
    why: str = "",
    because: str = "",
) -> str:
    return render_template(
        "admin/publishing/text.html",
        book=me.book,
        me=me,
        file=file,
        form=form,
        draft_id=draft_id,
        why=why,
        because=because,
    )
