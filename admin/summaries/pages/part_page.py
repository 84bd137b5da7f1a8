"""One part: what it says, its versions, and what may be done with it: hand in, accept, send
back."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.returns.allowed import AnotherMustSign, NeedsReason, NotYours, ReturnChanged
from admin.summaries import contributing
from admin.summaries.pages.blueprint import (
    OFFICE_ROLES,
    READING_ROLES,
    UNIT_ROLES,
    Answer,
    blueprint,
    links,
)
from admin.summaries.pages.forms import PressForm, ReasonForm
from admin.summaries.part_file import open_part
from admin.summaries.planned import Owed
from admin.summaries.sight import NoSuchSummary, find
from portal.foundation import clock
from portal.foundation.database import reading, writing

_Act = Callable[[Session, Owed, Hand], object]
_DONE = {
    "written": "写好了，等负责人报出。",
    "signed": "已经报给办公室，内容不会再变。",
    "accepted": "已接收。",
    "sent-back": "已退回，单位看得到理由。",
}
_WHY: dict[type[Exception], str] = {
    ReturnChanged: "您打开这一页以后，有人改过。下面是现在的样子，要办就再按一次。",
    NotYours: "这一步现在不能由您办。",
    AnotherMustSign: "这份是您写的，要由单位另一位负责人报出。",
}


@blueprint.get("/summaries/<key>/parts/<unit>")
@staff_only(*READING_ROLES)
def part(key: str, unit: str) -> str:
    """The newest version, or the one that the address names."""
    asked = request.args.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None
    told = _DONE.get(request.args.get("done", ""))
    return _page((key, unit), ReasonForm(formdata=None), version=version, told=told)


@blueprint.post("/summaries/<key>/parts/<unit>/sign")
@staff_only(*UNIT_ROLES)
def sign_part(key: str, unit: str) -> Answer:
    """Hand it in."""

    def act(session: Session, owed: Owed, by: Hand) -> object:
        return contributing.hand_in(session, owed, by=by)

    return _take((key, unit), act, PressForm(), "signed")


@blueprint.post("/summaries/<key>/parts/<unit>/accept")
@staff_only(*OFFICE_ROLES)
def accept_part(key: str, unit: str) -> Answer:
    """Accept it."""

    def act(session: Session, owed: Owed, by: Hand) -> object:
        return contributing.accept(session, owed, by=by)

    return _take((key, unit), act, PressForm(), "accepted")


@blueprint.post("/summaries/<key>/parts/<unit>/send-back")
@staff_only(*OFFICE_ROLES)
def send_part_back(key: str, unit: str) -> Answer:
    """Send it back with the reason."""
    form = ReasonForm()

    def act(session: Session, owed: Owed, by: Hand) -> object:
        return contributing.send_back(session, owed, by=by, reason=form.reason.data or "")

    return _take((key, unit), act, form, "sent-back")


def _take(at: tuple[str, str], act: _Act, form: PressForm, done: str) -> Answer:
    back = form if isinstance(form, ReasonForm) else ReasonForm(formdata=None)
    if not form.validate():
        return _page(at, back), 422
    try:
        with writing() as session:
            reader = Reader.of(session)
            owed = find(reader.access, reader.book, *at)
            act(session, owed, Hand(reader.access, reader.book, form.seen))
    except NeedsReason:
        back.reason.errors = ["请写为什么退回，单位照着改"]
        return _page(at, back), 422
    except tuple(_WHY) as refusal:
        return _page(at, back, why=_WHY[type(refusal)]), 409
    return redirect(f"{links().summary_part(*at)}?done={done}", 303)


def _page(
    at: tuple[str, str],
    form: ReasonForm,
    *,
    version: int | None = None,
    told: str | None = None,
    why: str = "",
) -> str:
    with reading() as session:
        reader = Reader.of(session)
        owed = find(reader.access, reader.book, *at)
        file = open_part(session, reader.access, reader.book, owed, version)
        if version is not None and file.shown is None:
            raise NoSuchSummary(*at)
        # A form that comes back keeps the version that its writer saw, until he hears of another.
        if why or not form.version.data:
            form.version.data = str(file.edition)
        return render_template(
            "admin/summaries/part.html",
            book=reader.book,
            file=file,
            owed=owed,
            planned=owed.planned,
            form=form,
            why=why,
            own=owed.unit in reader.access.fieldwork,
            today=clock.today(),
            flash_messages=[told] if told else [],
        )
