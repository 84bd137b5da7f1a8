"""One round, and closing it."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.ledger.refusals import NeedsText, SomebodyWasFaster, StepNotAllowed
from admin.rounds.pages.blueprint import OFFICE_ROLES, Answer, blueprint, go_to, links
from admin.rounds.pages.forms import TextForm
from admin.rounds.planning import close_round, may_close
from admin.rounds.refusals import OwnUnit, StillOpen
from admin.rounds.round_file import find_round, open_round
from admin.rounds.supervision_round import SupervisionRound
from portal.foundation import clock
from portal.foundation.database import reading, writing

_DONE = {
    "planned": "这次督导已经定好。",
    "visited": "已记下去过。",
    "ordered": "已经交代给单位，单位现在能看到。",
    "found": "已记入台账，单位现在能看到。",
    "closed": "这次督导结束了。",
    "accepted": "已记为办完。",
    "sent-back": "已退给单位再办。",
}
_WHY: dict[type[Exception], str] = {
    StepNotAllowed: "这次督导已经结束了。",
    OwnUnit: "这次督导请别的同事来结束。",
    SomebodyWasFaster: "您打开这一页以后，有人记过别的。先看一看，还要结束就再按一次。",
    StillOpen: "还有单位没去，或者交代的事没办完，现在不能结束。",
    NeedsText: "请写几句结果。",
}


@blueprint.get("/rounds/<key>")
@staff_only(*OFFICE_ROLES)
def supervision_round(key: str) -> str:
    """The round with its visits, orders and problems."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_round(session, reader.access, key)
        done = request.args.get("done", "")
        return render_template(
            "admin/rounds/round.html",
            book=reader.book,
            file=open_round(session, one, reader.hand()),
            title={duty.key: duty.title for duty in reader.book.dates}.get(one.duty or ""),
            may_close=may_close(session, one, reader.hand()),
            today=clock.today(),
            flash_messages=[_DONE[done]] if done in _DONE else [],
        )


@blueprint.get("/rounds/<key>/close")
@staff_only(*OFFICE_ROLES)
def ask_to_close(key: str) -> Answer:
    """Ask what came of it."""
    with reading() as session:
        one = find_round(session, Reader.of_the_office(session).access, key)
    return _close_page(one, TextForm(formdata=None, data={"version": str(one.version)}))


@blueprint.post("/rounds/<key>/close")
@staff_only(*OFFICE_ROLES)
def close(key: str) -> Answer:
    """Close it, or give the form back with what was typed."""
    form = TextForm()
    with reading() as session:
        one = find_round(session, Reader.of_the_office(session).access, key)
    if not form.validate():
        return _close_page(one, form), 422
    try:
        with writing() as session:
            reader = Reader.of_the_office(session)
            held = find_round(session, reader.access, key, to_change=True)
            close_round(session, held, by=reader.hand(form.seen), words=form.text.data)
    except tuple(_WHY) as refusal:
        with reading() as session:
            one = find_round(session, Reader.of_the_office(session).access, key)
        form.version.data = str(one.version)
        return _close_page(one, form, why=_WHY[type(refusal)]), 409
    return go_to(links().supervision_round(key), "closed")


def _close_page(one: SupervisionRound, form: TextForm, *, why: str = "") -> str:
    form.text.label.text = "这次督导的结果"
    return render_template("admin/rounds/close.html", round=one, form=form, why=why)
