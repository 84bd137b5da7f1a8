"""One case: when it is destroyed, what holds it, and holding it or letting it go."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.hand import Hand, NeedsText, SomebodyWasFaster, decider_of
from admin.desk.pages.desk import Desk
from admin.desk.pages.forms import ReasonForm
from admin.retention import holding
from admin.retention.granted import granted_of
from admin.retention.kinship import due_of, family_of
from admin.retention.pages.blueprint import DECIDING, blueprint, links
from admin.retention.standing import holds_of_family, running_hold
from intake.cases.case import Case
from intake.rules.lifecycle import MoveNotAllowed
from intake.rules.retention import What
from portal.campaign.retention_rule import RetentionRule
from portal.foundation.database import reading, writing

_WHY: dict[type[Exception], str] = {
    SomebodyWasFaster: "您打开这一页以后，这件有了变化。先看一看，还要办就再按一次。",
    MoveNotAllowed: "这件现在不能这样办：还没有办结，已经暂停，或者没有暂停。",
    NeedsText: "请写理由。",
}
_DONE = {"hold": "已暂停销毁。", "resume": "不再暂停，到了日子照样销毁。"}
Answer = str | tuple[str, int] | Response


@blueprint.get("/retention/<number>")
@staff_only(*DECIDING)
def retention_of(number: str) -> Answer:
    """When a case is destroyed, and why not yet."""
    return _page(number)


@blueprint.post("/retention/<number>/hold")
@staff_only(*DECIDING)
def hold(number: str) -> Answer:
    """Keep a case from being destroyed."""
    return _do(number, "hold", holding.hold)


@blueprint.post("/retention/<number>/resume")
@staff_only(*DECIDING)
def resume(number: str) -> Answer:
    """Let it be destroyed when its day has come."""
    return _do(number, "resume", holding.resume)


def _do(number: str, step: str, act: Callable[..., None]) -> Answer:
    form = ReasonForm()
    if not form.validate():
        return _page(number, form), 422
    try:
        with writing() as session:
            desk = Desk.of(session)
            case = _case(session, desk, number, to_change=True)
            act(session, case, Hand(desk.access, desk.book, form.seen), reason=form.words.data)
    except tuple(_WHY) as refusal:
        return _page(number, form, why=_WHY[type(refusal)]), 409
    return redirect(f"{links().retention(number)}?done={step}", 303)


def _case(session: Session, desk: Desk, number: str, *, to_change: bool = False) -> Case:
    """A case that this person decides about; for others there is none."""
    try:
        case = find_case(session, desk.access, number, to_change=to_change)
    except NoSuchCase:
        abort(404)
    return case if desk.access.decides(decider_of(session, case, desk.book)) else abort(404)


def _page(number: str, typed: ReasonForm | None = None, *, why: str = "") -> str:
    with reading() as session:
        desk = Desk.of(session)
        case = _case(session, desk, number)
        rule = RetentionRule.of(desk.book.campaign)
        family = family_of(session, case)
        due = due_of(family, rule, granted_of(session, case))
        holds = holds_of_family(session, family)
        held = running_hold(session, case) is not None
        may_act = held or holding.will_be_destroyed(session, case)
    form = typed or ReasonForm(formdata=None)
    form.version.data = str(case.version)
    return render_template(
        "admin/retention/case.html",
        case=case,
        contact=due.get(What.CONTACT),
        words=due.get(What.WORDS),
        parts=[one.number for one in family if one.id != case.id],
        holds=sorted(holds),
        held=held,
        may_act=may_act,
        form=form,
        why=why,
        flash_messages=[_DONE[one] for one in [request.args.get("done", "")] if one in _DONE],
    )
