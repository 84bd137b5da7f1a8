"""The class's page: how many cases, unlocking it and locking it again, who reads it."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import sealed_for
from admin.accounts.cookie import token_in_cookie
from admin.accounts.guard import staff_only
from admin.accounts.sealed_unlock import SealedUnlock, keep_unlocked, lock_again
from admin.sealed_class.drilling import is_overdue, last_drill
from admin.sealed_class.handing_above import NotWaiting, hand_above, waiting
from admin.sealed_class.pages.blueprint import Visitor, blueprint
from admin.sealed_class.pages.forms import UnlockForm
from admin.sealed_class.pages.trying import Refused, opened
from admin.sealed_class.readers import (
    NoReader,
    is_invited,
    opened_by_passphrase,
    take_off,
)
from admin.sealed_class.standing import Standing, colleagues, readers, standing_of
from intake.cases.case import Case
from intake.cases.event import record
from portal.foundation.clock import day_of
from portal.foundation.database import reading, writing
from portal.foundation.formats import day_with_year, moment
from portal.foundation.staff import Role

_DONE = {
    "locked": "密件已锁上。",
    "unlocked": "密件已打开。十五分钟以后自动锁上，退出登录也会锁上。",
    "reader": "您现在是密件的阅读人。请用新口令打开密件。",
    "removed": "这位同事不再是阅读人。",
    "handed": "已移交上级。本机关不再打得开这件。",
}


@blueprint.get("/sealed", endpoint="sealed")
@staff_only(Role.DISCIPLINE)
def class_page() -> str:
    """Show it."""
    with reading() as session:
        return _page(session, Visitor.of(session))


@blueprint.post("/sealed/unlock")
@staff_only(Role.DISCIPLINE)
def unlock() -> Response | tuple[str, int]:
    """Unlock the class in this sign-in for a quarter of an hour."""
    form = UnlockForm()
    with reading() as session:
        visitor = Visitor.of(session)
        if not form.validate():
            return _page(session, visitor, form), 422
    me, typed = visitor.staff.id, form.passphrase.data or ""
    try:
        pair = opened(visitor, lambda s: opened_by_passphrase(s, me, typed), wrong="口令不对")
    except Refused as why:
        form.passphrase.errors = [why.sentence]
        with reading() as session:
            return _page(session, visitor, form), 422
    with writing() as session:
        token_hash, token = visitor.here.session.token_hash, token_in_cookie() or ""
        keep_unlocked(session, token_hash, me, token, pair)
        record(session, "sealed_class_unlocked", by=me)
    return redirect(url_for("sealed_class.sealed", done="unlocked"), 303)


@blueprint.post("/sealed/lock")
@staff_only(Role.DISCIPLINE)
def lock() -> Response:
    """Lock it again before its time."""
    with writing() as session:
        lock_again(session, Visitor.of(session).here.session.token_hash)
    return redirect(url_for("sealed_class.sealed", done="locked"), 303)


@blueprint.post("/sealed/readers/<int:staff_id>/remove")
@staff_only(Role.DISCIPLINE)
def remove(staff_id: int) -> Response | tuple[str, int]:
    """Take somebody off the readers; for that the class has to be open here."""
    try:
        with writing() as session:
            visitor = Visitor.of(session)
            if visitor.here.unlocked is not None:
                take_off(session, staff_id, by=visitor.staff.id)
                return redirect(url_for("sealed_class.sealed", done="removed"), 303)
    except NoReader:
        return redirect(url_for("sealed_class.sealed"), 303)
    form = UnlockForm(formdata=None)
    form.form_errors.append("先打开密件，再去掉阅读人")
    with reading() as session:
        return _page(session, visitor, form), 409


@blueprint.post("/sealed/above/<number>", endpoint="hand_above")
@staff_only(Role.DISCIPLINE)
def hand_one_above(number: str) -> Response:
    """Hand one case above that waits for it; anything else doesn't exist."""
    try:
        with writing() as session:
            visitor = Visitor.of(session)
            hand_above(session, number, visitor.as_reader, visitor.book)
    except NotWaiting:
        abort(404)
    return redirect(url_for("sealed_class.sealed", done="handed"), 303)


def _page(session: Session, visitor: Visitor, form: UnlockForm | None = None) -> str:
    me = visitor.staff
    those = readers(session, visitor.book)
    counted = select(func.count(Case.id)).where(sealed_for(visitor.access, visitor.book))
    unlock = session.get(SealedUnlock, visitor.here.session.token_hash)
    is_open = visitor.here.unlocked is not None and unlock is not None
    drilled = last_drill(session)
    done = _DONE.get(request.args.get("done", ""))
    return render_template(
        "admin/sealed_class/sealed.html",
        form=form or UnlockForm(formdata=None),
        count=session.scalar(counted) or 0,
        standing=standing_of(session, visitor.book),
        Standing=Standing,
        readers=those,
        me=me.id,
        reads=any(one.id == me.id for one in those),
        until=moment(unlock.until) if is_open and unlock else None,
        waiting=waiting(session, visitor.as_reader, visitor.book) if is_open else [],
        above=visitor.book.units[visitor.book.campaign.superior_code].name,
        invited=is_invited(session, me.id),
        drilled=day_with_year(day_of(drilled)) if drilled else "",
        untried=is_overdue(drilled),
        can_invite=bool(colleagues(session, visitor.book)),
        flash_messages=[done] if done else [],
    )
