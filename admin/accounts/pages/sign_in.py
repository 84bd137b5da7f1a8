"""Signing in and out, and what happens to a page whose sign-in has run out."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from admin.accounts import sessions, throttle
from admin.accounts.cookie import drop_cookie, keep_cookie, token_in_cookie
from admin.accounts.guard import (
    SignedIn,
    SignInNeeded,
    StaleForm,
    current_sign_in,
    form_token,
    staff_only,
)
from admin.accounts.known_browser import keep_mark, known_for, mark_of
from admin.accounts.origin import safe_path, sent_from_elsewhere, this_path
from admin.accounts.pages.blueprint import blueprint
from admin.accounts.pages.forms import SignInForm
from admin.accounts.pages.kept_form import KeptForm, carried_along, just_posted
from admin.accounts.scripted import site_here
from admin.accounts.sign_in import WrongSignIn, claim, sign_in
from portal.foundation.database import reading, writing

_WRONG = "登录名、密码或验证码不对。验证码每个只能用一次，请等下一个再试"


@blueprint.get("/sign-in", endpoint="sign_in")
def sign_in_page() -> AnyResponse | str:
    """Ask who is there; who is signed in already goes on."""
    wanted = safe_path(request.args.get("next"))
    if current_sign_in():
        return redirect(wanted, 303)
    return sign_in_form_page(SignInForm(formdata=None), wanted=wanted)


@blueprint.post("/sign-in")
def do_sign_in() -> AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Sign in and go where the person was going; a form kept on the way is shown again."""
    if sent_from_elsewhere():
        abort(403)
    form, kept = SignInForm(), carried_along()
    wanted = safe_path(request.form.get("next"))
    if not form.validate():
        return sign_in_form_page(
            form, wanted=wanted, kept=kept
        ), 400 if form.csrf_token.errors else 422
    name = form.name.data or ""
    with reading() as session:
        known, mark = known_for(session, name), mark_of(session, name)
    wait = throttle.seconds_to_wait(name, known)
    if wait:
        return too_often(form, wait, wanted=wanted, kept=kept)
    try:
        token = _token_for(name, form.password.data or "", form.code.data or "")
    except WrongSignIn:
        throttle.count_failure(name, known, way="password and code")
        return sign_in_form_page(form, wanted=wanted, kept=kept, wrong=_WRONG), 422
    response = signed_in_response(token, wanted=wanted, kept=kept)
    keep_mark(response, mark)
    return response


@blueprint.post("/sign-out")
@staff_only()
def sign_out() -> AnyResponse:
    """End this sign-in, here and in the database."""
    with writing() as session:
        sessions.sign_out(session, token_in_cookie() or "")
    response = redirect(url_for("accounts.sign_in"), 303)
    drop_cookie(response)
    return response


@blueprint.app_errorhandler(SignInNeeded)
def ask_to_sign_in(_: SignInNeeded) -> AnyResponse | tuple[str, int]:
    """A page that is only read is come back to; a form that was sent is carried along."""
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.sign_in", next=this_path()), 303)
    kept = just_posted()
    if kept is None:
        return redirect(url_for("accounts.sign_in"), 303)
    return sign_in_form_page(
        SignInForm(formdata=None), wanted=kept.target, kept=kept, expired=True
    ), 401


@blueprint.app_errorhandler(StaleForm)
def ask_to_send_again(_: StaleForm) -> tuple[str, int]:
    """The form carries another sign-in's token or none. Nothing was done, nothing is lost."""
    kept = just_posted() or KeptForm(target=safe_path(None))
    return kept.ask_again(
        form_token=form_token(), why="这个页面是您上次登录时打开的，还没有提交。"
    ), 400


def signed_in_response(token: str, *, wanted: str, kept: KeptForm | None = None) -> Response:
    """Hand out the cookie, and lead on: to the wanted page, or to the form that was kept."""
    if kept is None:
        response = make_response(redirect(wanted, 303))
    else:
        with reading() as session:
            found = sessions.find_session(session, token)
        new_form_token = SignedIn(staff=found[1], session=found[0]).form_token if found else ""
        response = make_response(
            kept.ask_again(
                form_token=new_form_token, why="您已登录。刚才写的内容还在，还没有提交。"
            )
        )
    keep_cookie(response, token)
    return response


def _token_for(name: str, password: str, code: str) -> str:
    """Prove outside any transaction; then use the code up and end this browser's old sign-in."""
    with reading() as session:
        claimed = claim(session, name)
    proof = claimed.prove(password=password, code=code)
    with writing() as session:
        token = sign_in(session, proof)
        sessions.sign_out(session, token_in_cookie() or "")
    return token


def too_often(
    form: SignInForm, wait: int, *, wanted: str, kept: KeptForm | None
) -> tuple[str, int, dict[str, str]]:
    """The page for whoever has to wait so many seconds."""
    words = f"试的次数太多了，请过{-(-wait // 60)}分钟再试"
    page = sign_in_form_page(form, wanted=wanted, kept=kept, wrong=words)
    return page, 429, {"Retry-After": str(wait)}


def sign_in_form_page(
    form: SignInForm,
    *,
    wanted: str,
    kept: KeptForm | None = None,
    wrong: str | None = None,
    expired: bool = False,
) -> str:
    """The sign-in page, with what was typed before."""
    if wrong:
        form.form_errors.append(wrong)
    return render_template(
        "admin/accounts/sign_in.html",
        form=form,
        next=wanted,
        kept=kept,
        expired=expired,
        offers_passkeys=site_here() is not None,
    )
