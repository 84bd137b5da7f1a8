"""Becoming a reader, changing one's passphrase, and letting a colleague in: a page each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs

from admin.accounts.change_password import password_hash_of
from admin.accounts.guard import staff_only
from admin.accounts.password import UnfitPassword
from admin.sealed_class.pages.blueprint import Visitor, blueprint
from admin.sealed_class.pages.forms import (
    AcceptForm,
    ChangeForm,
    InviteForm,
    NewPassphraseForm,
    RecoveryForm,
)
from admin.sealed_class.pages.trying import Refused, opened
from admin.sealed_class.passphrase_rule import check_passphrase
from admin.sealed_class.readers import (
    Locked,
    WrongPassphrase,
    become_reader,
    invite,
    is_invited,
    is_reader,
    opened_by_code,
    opened_by_passphrase,
    opened_by_printed_key,
    who_invited,
)
from admin.sealed_class.standing import colleagues, readers
from intake.vault.archive import fresh_passphrase
from intake.vault.passphrase import pair_as_printed
from intake.vault.sealing import KeyPair
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role, Staff


@dataclass(frozen=True)
class Way:
    """One way to a new passphrase: what it asks for, how that opens the class, whether it is still
    there when it has its turn at writing, and what is said where nothing opens."""

    heading: str
    lead: str
    form: type[NewPassphraseForm]
    open: Callable[[Session, Staff, str], KeyPair]
    still: Callable[[Session, int], bool]
    wrong: str


def _by_printed_key(session: Session, _staff: Staff, typed: str) -> KeyPair:
    try:
        return opened_by_printed_key(session, pair_as_printed(typed))
    except ValueError:
        raise WrongPassphrase from None


_WAYS = {
    "passphrase": Way(
        "改口令",
        "改了以后，在别处打开着的密件都会锁上。",
        ChangeForm,
        lambda session, staff, typed: opened_by_passphrase(session, staff.id, typed),
        is_reader,
        "现在的口令不对",
    ),
    "accept": Way(
        "做密件的阅读人",
        "输入同事当面告诉您的邀请码，再定一个只有您知道的口令。",
        AcceptForm,
        lambda session, staff, typed: opened_by_code(session, staff.id, typed),
        is_invited,
        "邀请码不对，或者过了二十四小时：请同事再邀请一次",
    ),
    "recovery": Way(
        "用备用钥匙做阅读人",
        "备用钥匙是设密件时印在纸上的64位，只有纪检监察保管。输入以后，再定一个只有您知道的口令。",
        RecoveryForm,
        _by_printed_key,
        lambda _session, _staff_id: True,
        "这不是密件的备用钥匙：核对一下纸上的64位，或者找另一份",
    ),
}


@blueprint.get("/sealed/<any('passphrase','accept','recovery'):way>", endpoint="new_passphrase")
@staff_only(Role.DISCIPLINE)
def new_passphrase_page(way: str) -> str:
    """Ask for what the way needs."""
    with reading() as session:
        Visitor.of(session)
    return _asking(_WAYS[way], _WAYS[way].form(formdata=None))


@blueprint.post("/sealed/<any('passphrase','accept','recovery'):way>")
@staff_only(Role.DISCIPLINE)
def set_passphrase(way: str) -> Response | tuple[str, int]:
    """Make whoever is signed in a reader, or give him another passphrase."""
    chosen = _WAYS[way]
    form = chosen.form()
    with reading() as session:
        visitor = Visitor.of(session)
    if not form.validate() or not _will_do(visitor, form):
        return _asking(chosen, form), 422
    me, typed = visitor.staff, form.passphrase_proof.data or ""
    try:
        pair = opened(visitor, lambda s: chosen.open(s, me, typed), wrong=chosen.wrong)
    except Refused as why:
        form.passphrase_proof.errors = [why.sentence]
        return _asking(chosen, form), 422
    locked = Locked.under(form.passphrase_new.data or "", pair, me.id)
    with writing() as session:
        if not chosen.still(session, me.id):
            abort(404)
        by = who_invited(session, me.id) if way == "accept" else None
        become_reader(session, me, visitor.book, locked, let_in_by=by)
    return redirect(url_for("sealed_class.sealed", done="reader"), 303)


@blueprint.get("/sealed/invite", endpoint="invite")
@staff_only(Role.DISCIPLINE)
def invite_page() -> str:
    """Ask whom to let in."""
    with reading() as session:
        visitor = _reader(session)
        return _inviting(session, visitor, InviteForm(formdata=None))


@blueprint.post("/sealed/invite")
@staff_only(Role.DISCIPLINE)
def let_in() -> str | tuple[str, int]:
    """Show a code, once, for one colleague."""
    form = InviteForm()
    with reading() as session:
        visitor = _reader(session)
        chosen = _offer(session, visitor, form)
        if not form.validate():
            return _inviting(session, visitor, form), 422
    me, typed = visitor.staff.id, form.passphrase_proof.data or ""
    try:
        pair = opened(visitor, lambda s: opened_by_passphrase(s, me, typed), wrong="口令不对")
    except Refused as why:
        form.passphrase_proof.errors = [why.sentence]
        with reading() as session:
            return _inviting(session, visitor, form), 422
    with writing() as session:
        if not is_reader(session, me):
            abort(404)
        invited = chosen[form.colleague.data]
        code = invite(session, pair, by=me, invited=invited, book=visitor.book)
    return render_template("admin/sealed_class/code.html", code=code, name=invited.display_name)


def _will_do(visitor: Visitor, form: NewPassphraseForm) -> bool:
    me = visitor.staff
    with reading() as session:
        stored = password_hash_of(session, me.id)
    try:
        names = (me.name, me.display_name)
        check_passphrase(form.passphrase_new.data or "", names=names, password_hash=stored)
    except UnfitPassword as why:
        form.passphrase_new.errors = [str(why)]
        return False
    return True


def _reader(session: Session) -> Visitor:
    visitor = Visitor.of(session)
    if all(one.id != visitor.staff.id for one in readers(session, visitor.book)):
        abort(404)
    return visitor


def _offer(session: Session, visitor: Visitor, form: InviteForm) -> dict[str, Staff]:
    found = {str(one.id): one for one in colleagues(session, visitor.book)}
    form.colleague.choices = [SelectChoice(key, one.display_name) for key, one in found.items()]
    return found


def _inviting(session: Session, visitor: Visitor, form: InviteForm) -> str:
    _offer(session, visitor, form)
    return render_template("admin/sealed_class/invite.html", form=form)


def _asking(way: Way, form: NewPassphraseForm) -> str:
    return render_template(
        "admin/sealed_class/new_passphrase.html",
        way=way,
        form=form,
        action=request.path,
        suggested=fresh_passphrase(),
    )
