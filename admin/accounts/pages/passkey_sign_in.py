"""Signing in with password and passkey, which no look-alike of this site can pass on.

The page that asks for the passkey is the same whatever name and password were typed before it.
"""

from __future__ import annotations

from flask import Response, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from admin.accounts import passkeys, sessions, throttle
from admin.accounts import password as passwords
from admin.accounts.cookie import token_in_cookie
from admin.accounts.known_browser import keep_mark, known_for, mark_of
from admin.accounts.origin import safe_path, sent_from_elsewhere
from admin.accounts.pages.blueprint import blueprint
from admin.accounts.pages.forms import AnswerForm, NameForm, SignInForm
from admin.accounts.pages.kept_form import KeptForm, carried_along
from admin.accounts.pages.sign_in import sign_in_form_page, signed_in_response, too_often
from admin.accounts.passkey_challenge import Purpose
from admin.accounts.passkey_proof import NotProven, Site, asked_to_sign
from admin.accounts.passkeys import Asked
from admin.accounts.scripted import ANSWER_FIELD, KEY_FIELD, scripted, site_here
from admin.accounts.sign_in import WrongSignIn, claim, sign_in_with
from portal.foundation.database import reading, writing

_WRONG = "登录名、密码或通行密钥不对。没有加过通行密钥的，请填验证码登录"


@blueprint.post("/sign-in/passkey")
def ask_passkey() -> AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Compare the password, tell nobody what came of it, and ask for the passkey."""
    site = _site()
    form, kept, wanted = NameForm(), carried_along(), safe_path(request.form.get("next"))
    if not form.validate():
        shown = SignInForm()
        shown.validate()
        shown.code.errors = []
        status = 400 if form.csrf_token.errors else 422
        return sign_in_form_page(shown, wanted=wanted, kept=kept), status
    name = form.name.data or ""
    with reading() as session:
        claimed, known = claim(session, name), known_for(session, name)
    wait = throttle.seconds_to_wait(name, known)
    if wait:
        return too_often(SignInForm(), wait, wanted=wanted, kept=kept)
    # Counted before anything is compared: who waits must not tell which password was right.
    throttle.count_try(name, known)
    right = passwords.fits(form.password.data or "", claimed.password_hash)
    if not right:
        throttle.note_refused(name, way="password")
    with writing() as session:
        who = claimed.staff_id if right else None
        hash_proved = claimed.password_hash if right else None
        asked = passkeys.ask(session, Purpose.SIGN_IN, who, password_hash=hash_proved)
    wanted_of_device = asked_to_sign(site, asked.challenge)
    return _page(wanted_of_device, asked.key, name=name, wanted=wanted, kept=kept)


@blueprint.post("/sign-in/passkey/answer")
def sign_in_by_passkey() -> AnyResponse | tuple[str, int]:
    """Sign in by what the device answered."""
    site = _site()
    form, kept, wanted = AnswerForm(), carried_along(), safe_path(request.form.get("next"))
    name = form.name.data or ""
    with reading() as session:
        mark = mark_of(session, name)
    try:
        token = _token_for(site, name)
    except (NotProven, WrongSignIn):
        # The page that asked counted the try.
        throttle.note_refused(name, way="passkey")
        shown = SignInForm(formdata=None, data={"name": name})
        return sign_in_form_page(shown, wanted=wanted, kept=kept, wrong=_WRONG), 422
    response = signed_in_response(token, wanted=wanted, kept=kept)
    keep_mark(response, mark)
    return response


def _token_for(site: Site, name: str) -> str:
    """Use the challenge up, compare outside any transaction, then begin the sign-in."""
    with writing() as session:
        asked = passkeys.use_up(session, request.form.get(KEY_FIELD, ""), Purpose.SIGN_IN)
    with reading() as session:
        _check_name(asked, claim(session, name).staff_id)
        signed = passkeys.signed_by(session, site, asked, request.form.get(ANSWER_FIELD, ""))
    with writing() as session:
        passkeys.note_use(session, *signed)
        token = sign_in_with(session, asked.staff_id or 0, asked.password_hash or "")
        sessions.sign_out(session, token_in_cookie() or "")
    return token


def _check_name(asked: Asked, staff_id: int | None) -> None:
    """The name that the page carries on is the one whose password was proved."""
    if asked.staff_id is None or asked.staff_id != staff_id:
        raise NotProven


def _site() -> Site:
    if sent_from_elsewhere():
        abort(403)
    return site_here() or abort(404)


def _page(asked: str, key: str, *, name: str, wanted: str, kept: KeptForm | None) -> Response:
    page = render_template(
        "admin/accounts/passkey_sign_in.html",
        form=AnswerForm(formdata=None, data={"name": name}),
        asked=asked,
        key=key,
        key_field=KEY_FIELD,
        answer_field=ANSWER_FIELD,
        next=wanted,
        kept=kept,
    )
    return scripted(page)
