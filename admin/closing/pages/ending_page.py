"""One step towards the end of the campaign, or back: its page, and taking it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import abort, redirect, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.closing.closing import Closing
from admin.closing.ending import NotNow, Step, StillUndecided, mark_of, present, steps_for
from admin.closing.open_cases import (
    Part,
    Wanted,
    count,
    count_undecided,
    decides_about,
    total,
)
from admin.closing.pages.blueprint import OFFICE_ROLES, Answer, blueprint, links, list_address
from admin.closing.pages.steps import STEPS, Offered
from admin.desk.hand import NeedsSecondPerson, NeedsText, SomebodyWasFaster
from admin.desk.pages import done
from admin.desk.pages.desk import Desk
from portal.foundation.database import reading, writing

_WHY: dict[type[Exception], str] = {
    SomebodyWasFaster: "您打开这一页以后，收尾有了变化，请再看一看。",
    NotNow: "现在不能这样办。",
    NeedsSecondPerson: "报请的人不能自己结束，请另一位办公室负责人来结束。",
    StillUndecided: "还有没办结的件没有定去向，先去定好。",
}


@blueprint.get("/closing/<any('prepare', 'close', 'take-back', 'reopen'):slug>")
@staff_only(*OFFICE_ROLES)
def step(slug: str) -> Answer:
    """Say what a step will do, and ask for what it needs."""
    with reading() as session:
        desk, found = _office(session), present(session)
        form = STEPS[slug].form(formdata=None, data={"seen": mark_of(found)})
        why = _why_not(session, desk, slug, found)
        return _page(session, desk, STEPS[slug], form, why), 409 if why else 200


@blueprint.post("/closing/<any('prepare', 'close', 'take-back', 'reopen'):slug>")
@staff_only(*OFFICE_ROLES)
def take_step(slug: str) -> Answer:
    """Take it, or give the form back with what was typed."""
    chosen = STEPS[slug]
    form = chosen.form()
    if not form.validate():
        return _again(chosen, form), 422
    try:
        with writing() as session:
            desk = _office(session)
            chosen.run(session, Step(desk.access, desk.book, form.seen.data or ""), form)
    except NeedsText:
        form.words.errors = ["请写几句"]
        return _again(chosen, form), 422
    except tuple(_WHY) as refusal:
        return _again(chosen, form, _WHY[type(refusal)]), 409
    said = done.pack(desk.access.staff_id, [f"{chosen.done}。"])
    return redirect(f"{links().closing()}?{urlencode({done.FIELD: said})}", 303)


def _office(session: Session) -> Desk:
    """The office's desk; for anybody else the page doesn't exist."""
    desk = Desk.of(session)
    return desk if desk.access.as_office else abort(404)


def _why_not(session: Session, desk: Desk, slug: str, found: Closing | None) -> str:
    """Why a step can't be taken now; empty where it can."""
    if slug == "close" and found and found.prepared_by == desk.access.staff_id:
        return _WHY[NeedsSecondPerson]
    if slug not in steps_for(desk.access, found):
        return _WHY[NotNow]
    undecided = count_undecided(session, desk.access, desk.book)
    return _WHY[StillUndecided] if undecided and slug in {"prepare", "close"} else ""


def _again(chosen: Offered, form: Any, why: str = "") -> str:
    """The page with what was typed, and the closing as it is now."""
    with reading() as session:
        desk = _office(session)
        form.seen.data = mark_of(present(session))
        return _page(session, desk, chosen, form, why)


def _page(session: Session, desk: Desk, chosen: Offered, form: Any, why: str) -> str:
    return render_template(
        "admin/closing/step.html",
        step=chosen,
        form=form,
        why=why,
        total=total(count(session, decides_about(desk.access, desk.book)).values()),
        parts=list(Part),
        undecided=list_address(Wanted(part=Part.UNDECIDED)),
    )
