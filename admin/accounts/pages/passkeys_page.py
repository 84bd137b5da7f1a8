"""One's own passkeys: adding one, and taking one away."""

from __future__ import annotations

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.accounts import passkeys
from admin.accounts.guard import signed_in, staff_only
from admin.accounts.pages.account import page as account_page
from admin.accounts.pages.blueprint import blueprint
from admin.accounts.pages.forms import PasskeyForm
from admin.accounts.passkey_challenge import Purpose
from admin.accounts.passkey_proof import NotProven, Site, asked_to_make, made
from admin.accounts.scripted import MADE_FIELD, MADE_KEY_FIELD, scripted, site_here
from portal.foundation.database import reading, writing
from portal.foundation.staff import Staff

_TOO_LATE = "没有加上：放得太久了，或者按了两次。下面没有的，请再加一次。"
_FAILED = "没有加上。请再试一次；这台设备加过的，不用再加"


@blueprint.post("/account/passkeys/new")
@staff_only()
def new_passkey() -> Response:
    """Ask the device for a new one."""
    return _page(PasskeyForm(formdata=None), _site())


@blueprint.post("/account/passkeys")
@staff_only()
def add_passkey() -> ResponseReturnValue:
    """Keep what the device made. The device is asked once more only by whoever brings what it was
    asked: else this would be a way round the proof that asking it takes."""
    form, site, me = PasskeyForm(), _site(), signed_in()
    asked = _asked_of(me)
    if asked is None:
        return account_page(done=_TOO_LATE), 422
    if not form.validate():
        return _page(form, site, 422)
    try:
        found = made(site, asked.challenge, request.form.get(MADE_FIELD, ""))
        with writing() as session:
            passkeys.add(session, me.id, found, name=form.name.data or "")
    except NotProven:
        form.form_errors.append(_FAILED)
        return _page(form, site, 422)
    except passkeys.TooMany:
        form.form_errors.append(f"最多{passkeys.MOST}个，请先去掉不用的")
        return _page(form, site, 409)
    return redirect(url_for("accounts.account", done="passkey"), 303)


@blueprint.post("/account/passkeys/<int:passkey_id>/remove")
@staff_only()
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    """Take one of one's own away."""
    with writing() as session:
        passkeys.take_away(session, signed_in().id, passkey_id)
    return redirect(url_for("accounts.account", done="no-passkey"), 303)


def _asked_of(me: Staff) -> passkeys.Asked | None:
    """What this form's device was asked, once; None where that is too old, or wasn't his."""
    try:
        with writing() as session:
            asked = passkeys.use_up(session, request.form.get(MADE_KEY_FIELD, ""), Purpose.ADD)
    except NotProven:
        return None
    return asked if asked.staff_id == me.id else None


def _site() -> Site:
    return site_here() or abort(404)


def _page(form: PasskeyForm, site: Site, status: int = 200) -> Response:
    me = signed_in()
    with writing() as session:
        asked = passkeys.ask(session, Purpose.ADD, me.id)
    with reading() as session:
        known = [one.credential_id for one in passkeys.passkeys_of(session, me.id)]
    wanted = asked_to_make(site, asked.challenge, staff_id=me.id, name=me.name, known=known)
    page = render_template(
        "admin/accounts/new_passkey.html",
        form=form,
        asked=wanted,
        key=asked.key,
        key_field=MADE_KEY_FIELD,
        answer_field=MADE_FIELD,
    )
    return scripted(page, status)
