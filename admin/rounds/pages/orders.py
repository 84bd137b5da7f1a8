"""One order of a round: what was written about it, the unit's report, the office's word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.files.evidence import Proof
from admin.files.file_field import comes_back
from admin.ledger.refusals import NeedsText, SomebodyWasFaster, StepNotAllowed
from admin.rounds.ordering import accept_report, report_order, send_report_back
from admin.rounds.pages.blueprint import READING_ROLES, Answer, blueprint, go_to, links
from admin.rounds.pages.forms import ReportForm, TextForm
from admin.rounds.refusals import OwnUnit
from admin.rounds.round_file import OrderFile, find_order, open_order
from admin.rounds.round_order import OrderState
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_attachments

_WHY: dict[type[Exception], str] = {
    StepNotAllowed: "这件事现在不能这样办了。",
    SomebodyWasFaster: "您打开这一页以后，有人写过。先看一看，还要办就再按一次。",
    OwnUnit: "您在这个单位，或者它的上级、下级任职，请别的同事来看。",
    NeedsText: "请写几句。",
}


Form = Any
_Run = Callable[..., None]


@dataclass(frozen=True)
class OrderStep:
    """What can be done with an order: where it stands then, what is asked for, its verb; `run` does
    it with what was typed."""

    name: str
    state: OrderState
    by_office: bool
    label: str
    hint: str
    verb: str
    done: str
    form: type[TextForm]
    run: _Run


def _report(*about: Any, by: Hand, form: Form) -> None:
    report_order(*about, by=by, report=Proof(form.text.data, form.files.data))


def _accept(*about: Any, by: Hand, form: Form) -> None:
    accept_report(*about, by=by, text=form.text.data)


def _send_back(*about: Any, by: Hand, form: Form) -> None:
    send_report_back(*about, by=by, text=form.text.data)


STEPS = {
    one.name: one
    for one in (
        OrderStep(
            "report", OrderState.GIVEN, False, "办得怎么样",
            "写做了什么，看哪份材料、哪笔账。", "报给办公室", "reported",
            ReportForm, _report,
        ),
        OrderStep(
            "accept", OrderState.REPORTED, True, "凭什么算办完",
            "写看了什么材料。单位能看到。", "算办完了", "accepted",
            TextForm, _accept,
        ),
        OrderStep(
            "send-back", OrderState.REPORTED, True, "还差什么",
            "单位能看到。", "退给单位再办", "sent-back",
            TextForm, _send_back,
        ),
    )
}  # fmt: skip


@blueprint.get("/rounds/orders/<key>")
@staff_only(*READING_ROLES)
def round_order(key: str) -> str:
    """The order as it stands."""
    reader, file = _look(key)
    return _page(reader, file)


@blueprint.post("/rounds/orders/<key>/<any('report','accept','send-back'):step>")
@takes_attachments
@staff_only(*READING_ROLES)
def take_order_step(key: str, step: str) -> Answer:
    """Do it, or give the form back with what was typed."""
    reader, file = _look(key)
    wanted = STEPS[step]
    form = wanted.form()
    status = comes_back(form)
    if status:
        return _page(reader, file, typed=form, at=step), status
    try:
        with writing() as session:
            _act(session, key, wanted, form)
    except tuple(_WHY) as refusal:
        reader, file = _look(key)
        form.version.data = str(file.order.version)
        return _page(reader, file, typed=form, at=step, why=_WHY[type(refusal)]), 409
    if wanted.by_office:
        return go_to(links().supervision_round(file.round.key), wanted.done)
    return go_to(links().supervision_rounds(), wanted.done)


def _act(session: Session, key: str, step: OrderStep, form: TextForm) -> None:
    reader = Reader.of(session)
    one, visit, order = find_order(session, reader.access, key, to_change=True)
    by: Hand = reader.hand(form.seen)
    step.run(session, one, visit, order, by=by, form=form)


def _look(key: str) -> tuple[Reader, OrderFile]:
    with reading() as session:
        reader = Reader.of(session)
        return reader, open_order(session, reader.access, key, reader.hand())


def _page(
    reader: Reader, file: OrderFile, *, typed: TextForm | None = None, at: str = "", why: str = ""
) -> str:
    """The order with a form for each step that this person may take."""
    mine = file.visit.unit_code in reader.access.desks
    steps = [
        one
        for one in STEPS.values()
        if one.state is file.order.state and (reader.access.as_office if one.by_office else mine)
    ]
    data = {"version": str(file.order.version)}
    forms = {
        one.name: typed if typed and one.name == at else one.form(formdata=None, data=data)
        for one in steps
    }
    for name, form in forms.items():
        form.text.label.text = STEPS[name].label
    return render_template(
        "admin/rounds/order.html",
        book=reader.book,
        file=file,
        steps=steps,
        forms=forms,
        typed=typed,
        why=why,
        office=reader.access.as_office,
        today=clock.today(),
    )
