"""One request: what is asked, making sure who asks, the answer, the second person."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.guard import staff_only
from admin.rights import deciding
from admin.rights.pages.blueprint import (
    WHY,
    Answer,
    blueprint,
    go_to,
    keeper,
    the_request,
    whole,
)
from admin.rights.pages.forms import DecisionForm, ProofForm
from admin.rights.pages.one_request import Typed, request_page
from admin.rights.proving import prove
from admin.rights.refusals import (
    KEEPING_ROLES,
    NeedsChoice,
    NeedsGround,
    NeedsText,
    NotProved,
)
from intake.cases.rights_request import RightsRequest
from intake.rules.rights import Proof
from portal.foundation.database import writing

_NO_GROUND = "不同意要选一条理由"
_NO_CHOICE = "请选删掉什么；同意一部分的，只能是姓名和联系方式"
_NOT_PROVED = "先核实是不是本人，记下怎么核实的，再答复"
# What is missing in the form, and at which of its fields it is said.
_LACKING: dict[type[Exception], tuple[str, str]] = {
    NeedsText: ("text", "请写答复"),
    NeedsGround: ("ground", _NO_GROUND),
    NeedsChoice: ("deletes", _NO_CHOICE),
    NotProved: ("outcome", _NOT_PROVED),
}


@blueprint.get("/personal-information/<number>")
@staff_only(*KEEPING_ROLES)
def one_request(number: str) -> str:
    """One request."""
    return request_page(number)


@blueprint.post("/personal-information/<number>")
@staff_only(*KEEPING_ROLES)
def decide(number: str) -> Answer:
    """Answer it, or give the form back with what was typed."""
    form = DecisionForm()
    try:
        with writing() as session:
            me, _ = keeper(session)
            found = the_request(session, me, number, to_change=True)
            form.offer(found)
            if not form.validate():
                return request_page(number, Typed(deciding=form)), 422
            version = whole(form.version.data)
            deciding.decide(session, found, by=me, version=version, decision=form.decision)
            done = "decided" if found.decided_at else "proposed"
    except tuple(_LACKING) as refusal:
        name, said = _LACKING[type(refusal)]
        form[name].errors = [said]
        return request_page(number, Typed(deciding=form)), 422
    except tuple(WHY) as refusal:
        return request_page(number, Typed(deciding=form), why=WHY[type(refusal)]), 409
    return go_to(number, done)


@blueprint.post("/personal-information/<number>/proof")
@staff_only(*KEEPING_ROLES)
def proof(number: str) -> Answer:
    """Write down how somebody made sure who asks."""
    form = ProofForm()
    try:
        with writing() as session:
            me, _ = keeper(session)
            found = the_request(session, me, number, to_change=True)
            if not form.validate():
                return request_page(number, Typed(proving=form)), 422
            version = whole(form.version.data)
            prove(session, found, by=me, version=version, how=Proof(form.how.data))
    except tuple(WHY) as refusal:
        return request_page(number, Typed(proving=form), why=WHY[type(refusal)]), 409
    return go_to(number, "proved")


@blueprint.post("/personal-information/<number>/agreement")
@staff_only(*KEEPING_ROLES)
def agree(number: str) -> Answer:
    """Agree to a refusal as the second person."""
    return _second(number, "decided", deciding.agree)


@blueprint.post("/personal-information/<number>/sending-back")
@staff_only(*KEEPING_ROLES)
def send_back(number: str) -> Answer:
    """Send a proposed refusal back."""
    return _second(number, "sent_back", deciding.send_back)


def _second(number: str, done: str, act: Callable[..., None]) -> Answer:
    try:
        with writing() as session:
            me, found = _to_change(session, number)
            act(session, found, by=me, version=whole(request.form.get("version")))
    except tuple(WHY) as refusal:
        return request_page(number, why=WHY[type(refusal)]), 409
    return go_to(number, done)


def _to_change(session: Session, number: str) -> tuple[Access, RightsRequest]:
    me, _ = keeper(session)
    return me, the_request(session, me, number, to_change=True)
