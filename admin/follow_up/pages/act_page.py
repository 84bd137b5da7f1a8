"""One act of a follow-up: its page, and doing it."""

from __future__ import annotations

from flask import abort, render_template
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.hand import Hand, NeedsText, SomebodyWasFaster
from admin.desk.pages.act import Act
from admin.desk.pages.forms import ActForm
from admin.follow_up.not_handled import HandledIt
from admin.follow_up.pages.acts import ACTS
from admin.follow_up.pages.blueprint import Answer, Asking, blueprint, go_to, links
from admin.follow_up.visiting import BadDay, TriedToday
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import writing
from portal.foundation.staff import AT_A_DESK

_WANTING: dict[type[Exception], str] = {
    NeedsText: "内容是空的，请写几句",
    BadDay: "这一天不对：要在办结以后，不能是以后的日子",
    TriedToday: "今天已经记过一次没联系上，一天只算一次，换一天再联系",
}
_REFUSALS: dict[type[Exception], str] = {
    SomebodyWasFaster: "您打开这一页以后，这件有了变化。",
    HandledIt: "您经办过这件，回访要由没有经办过的人来做。",
    MoveNotAllowed: "这件现在不能这样办了。",
}


@blueprint.get("/cases/<number>/follow-up/<act>")
@staff_only(*AT_A_DESK)
def follow_up_act(number: str, act: str) -> Answer:
    """Show what an act will do, and ask for what it needs."""
    asking, chosen = _asking(number, act)
    form = chosen.form(formdata=None, data={"version": str(asking.case_file.case.version)})
    form.begin_with(asking.desk.book, asking.case_file)
    page = _page(asking, chosen, form)
    return page if act in asking.file.acts else (page, 409)


@blueprint.post("/cases/<number>/follow-up/<act>")
@staff_only(*AT_A_DESK)
def do_follow_up_act(number: str, act: str) -> Answer:
    """Do it, and lead back to the case's follow-ups; or give the form back with what was typed."""
    asking, chosen = _asking(number, act)
    form = chosen.form()
    if not form.validate():
        return _page(asking, chosen, form), 422 if act in asking.file.acts else 409
    try:
        return _do(asking, chosen, form)
    except tuple(_WANTING) as wanting:
        form.form_errors.append(_WANTING[type(wanting)])
        return _page(asking, chosen, form), 422
    except tuple(_REFUSALS) as refusal:
        asking, _ = _asking(number, act)
        form.version.data = str(asking.case_file.case.version)
        return _page(asking, chosen, form, why=_REFUSALS[type(refusal)]), 409


def _do(asking: Asking, act: Act, form: ActForm) -> Response:
    number, desk = asking.case_file.case.number, asking.desk
    try:
        with writing() as session:
            case = find_case(session, desk.access, number, to_change=True)
            act.run(session, case, Hand(desk.access, desk.book, form.seen), form)
    except NoSuchCase:
        abort(404)
    return go_to(links().follow_up(number), desk, f"{act.done}：{number}。")


def _asking(number: str, act: str) -> tuple[Asking, Act]:
    """The case as it is now. An act that doesn't exist and a case that doesn't answer alike."""
    if act not in ACTS:
        abort(404)
    return Asking.read(number), ACTS[act]


def _page(asking: Asking, act: Act, form: ActForm, *, why: str = "") -> str:
    possible = act.slug in asking.file.acts
    if not possible and not why:
        handled = asking.file.handled
        why = _REFUSALS[HandledIt] if handled else "这件现在不用回访，或者不由您来办。"
    order = getattr(form, "order", None)
    return render_template(
        "admin/follow_up/act.html",
        act=act,
        form=form,
        fields=[form[name] for name in order] if order else form.to_show,
        possible=possible,
        why=why,
        latest=asking.case_file.events[0] if why and asking.case_file.events else None,
        back=links().follow_up(asking.case_file.case.number),
        **asking.context,
    )
