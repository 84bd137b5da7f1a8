"""One return: what it says, its versions, and what may be done with it: sign, accept, send back."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import LEDGER_ROLES, PROBLEM_ROLES
from admin.returns import receiving
from admin.returns.allowed import AnotherMustSign, NeedsReason, NotYours, ReturnChanged
from admin.returns.expected import Expected
from admin.returns.handing_in import hand_in
from admin.returns.pages.blueprint import blueprint
from admin.returns.pages.forms import EditionForm, SendBackForm
from admin.returns.return_file import open_return
from admin.returns.sight import NoSuchReturn, find
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role

_SIGNING_ROLES = (Role.OFFICER, Role.HEAD)
Answer = str | tuple[str, int] | Response
_Act = Callable[[Session, Expected, Hand], object]
_DONE = {
    "filled": "填好了，等负责人签报。",
    "signed": "已经报了，内容不会再变。",
    "accepted": "已接收。",
    "sent-back": "已退回，填报的单位看得到理由。",
}
_WHY: dict[type[Exception], str] = {
    ReturnChanged: "您打开这一页以后，有人改过。下面是现在的样子，要办就再按一次。",
    NotYours: "这一步现在不能由您办。",
    AnotherMustSign: "这份是您填的，要由单位另一位负责人签报。",
}


@blueprint.get("/returns/<month>/<unit>/<receiver>")
@staff_only(*PROBLEM_ROLES)
def one(month: str, unit: str, receiver: str) -> str:
    """The newest version, or the one that the address names."""
    asked = request.args.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None
    told = _DONE.get(request.args.get("done", ""))
    return _page((month, unit, receiver), SendBackForm(formdata=None), version=version, told=told)


@blueprint.post("/returns/<month>/<unit>/<receiver>/sign")
@staff_only(*_SIGNING_ROLES)
def sign(month: str, unit: str, receiver: str) -> Answer:
    """Hand it in."""
    form = EditionForm()

    def act(session: Session, expected: Expected, by: Hand) -> object:
        return hand_in(session, expected, by=by)

    return _take((month, unit, receiver), act, form, "signed")


@blueprint.post("/returns/<month>/<unit>/<receiver>/accept", endpoint="accept")
@staff_only(*LEDGER_ROLES)
def accept_return(month: str, unit: str, receiver: str) -> Answer:
    """Accept it."""
    form = EditionForm()

    def act(session: Session, expected: Expected, by: Hand) -> object:
        return receiving.accept(session, expected, by=by)

    return _take((month, unit, receiver), act, form, "accepted")


@blueprint.post("/returns/<month>/<unit>/<receiver>/send-back", endpoint="send_back")
@staff_only(*LEDGER_ROLES)
def send_back_return(month: str, unit: str, receiver: str) -> Answer:
    """Send it back with the reason."""
    form = SendBackForm()

    def act(session: Session, expected: Expected, by: Hand) -> object:
        return receiving.send_back(session, expected, by=by, reason=form.reason.data or "")

    return _take((month, unit, receiver), act, form, "sent-back")


def _take(at: tuple[str, str, str], act: _Act, form: EditionForm, done: str) -> Answer:
    back = form if isinstance(form, SendBackForm) else SendBackForm(formdata=None)
    if not form.validate():
        return _page(at, back), 422
    try:
        with writing() as session:
            reader = Reader.of(session)
            expected = find(reader.access, reader.book, *at)
            act(session, expected, Hand(reader.access, reader.book, form.seen))
    except NeedsReason:
        back.reason.errors = ["请写为什么退回，填报的单位照着改"]
        return _page(at, back), 422
    except tuple(_WHY) as refusal:
        return _page(at, back, why=_WHY[type(refusal)]), 409
    return redirect(f"{current_app.extensions['links'].returns(*at)}?done={done}", 303)


def _page(
    at: tuple[str, str, str],
    form: SendBackForm,
    *,
    version: int | None = None,
    told: str | None = None,
    why: str = "",
) -> str:
    with reading() as session:
        reader = Reader.of(session)
        expected = find(reader.access, reader.book, *at)
        file = open_return(session, reader.access, reader.book, expected, version)
        if version is not None and file.shown is None:
            raise NoSuchReturn(*at)
        # A form that comes back keeps the edition that its writer saw, until he hears of another.
        if why or not form.edition.data:
            form.edition.data = str(file.edition)
        return render_template(
            "admin/returns/one.html",
            book=reader.book,
            file=file,
            form=form,
            why=why,
            own=expected.unit in reader.access.fieldwork,
            today=clock.today(),
            flash_messages=[told] if told else [],
        )
