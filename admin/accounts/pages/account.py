"""One's own account: who I am here, my password, the browsers I am signed in with."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts import passkeys, sessions, throttle
from admin.accounts import password as passwords
from admin.accounts.change_password import PasswordMoved, change_password, password_hash_of
from admin.accounts.cookie import settings
from admin.accounts.guard import SignedIn, last_seen, signed_in, signed_in_here, staff_only
from admin.accounts.own_changes import own_changes
from admin.accounts.pages.blueprint import blueprint
from admin.accounts.pages.forms import EndSessionForm, MailForm, PasswordForm
from admin.accounts.pages.sign_in import signed_in_response
from admin.accounts.role_names import ROLE_NAMES
from admin.accounts.scripted import site_here
from admin.accounts.work_mail import has_left_mail
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.formats import moment
from portal.foundation.staff import Staff

_DONE = {
    "password": "密码已改。其他地方的登录都已退出。",
    "one": "那一处登录已退出。",
    "others": "其他地方的登录都已退出。",
    "passkey": "通行密钥加好了。下次登录，可以不填验证码。",
    "no-passkey": "这个通行密钥去掉了。",
    "mail": "已留邮箱。从下一个工作日起，有新的待办，发邮件告诉您。",
    "no-mail": "不再给您发邮件了，邮箱删掉了。",
}


@dataclass(frozen=True)
class Device:
    """One sign-in as its owner sees it."""

    handle: str
    signed_in_at: str
    seen_at: str
    here: bool


@blueprint.get("/account", endpoint="account")
@staff_only()
def account_page() -> str:
    """Show who is signed in, with which posts and where."""
    return page(done=_DONE.get(request.args.get("done", "")))


@blueprint.post("/account/password")
@staff_only()
def change_own_password() -> Response | tuple[str, int]:
    """Set a new password after the present one was proved; every other sign-in ends."""
    form, staff = PasswordForm(), signed_in()
    proved = _proved_hash(form, staff) if form.validate() else None
    # It was used up.
    form.fresh_code.data = ""
    if proved is None:
        return page(form), 422
    new_hash = passwords.hashed(form.password_new.data or "")
    try:
        with writing() as session:
            token = change_password(session, staff_id=staff.id, proved=proved, new_hash=new_hash)
    except PasswordMoved:
        form.password.errors = ["密码刚刚在别处改过，请用新的密码"]
        return page(form), 422
    return signed_in_response(token, wanted=url_for("accounts.account", done="password"))


@blueprint.post("/account/end-session")
@staff_only()
def end_session() -> Response:
    """End one of one's own sign-ins."""
    form = EndSessionForm()
    if form.validate():
        with writing() as session:
            sessions.end_one_session(session, signed_in().id, form.handle.data or "")
    return redirect(url_for("accounts.account", done="one"), 303)


@blueprint.post("/account/end-other-sessions")
@staff_only()
def end_other_sessions() -> Response:
    """End every sign-in of one's own but this."""
    here = signed_in_here()
    with writing() as session:
        sessions.end_sessions(session, here.staff.id, keep=here.session.token_hash)
    return redirect(url_for("accounts.account", done="others"), 303)


def _proved_hash(form: PasswordForm, staff: Staff) -> str | None:
    """The stored hash if the present password fits and the new one will do, else errors."""
    wait = throttle.seconds_to_wait(staff.name, throttle.inside(staff.id))
    if wait:
        form.password.errors = [f"试的次数太多了，请过{-(-wait // 60)}分钟再试"]
        return None
    with reading() as session:
        stored = password_hash_of(session, staff.id)
    if not passwords.fits(form.password.data or "", stored):
        throttle.count_failure(staff.name, throttle.inside(staff.id), way="password")
        form.password.errors = ["现在的密码不对"]
        return None
    try:
        passwords.check(form.password_new.data or "", names=(staff.name, staff.display_name))
    except passwords.UnfitPassword as why:
        form.password_new.errors = [str(why)]
        return None
    return stored


def page(
    form: PasswordForm | None = None,
    *,
    mail_form: MailForm | None = None,
    done: str | None = None,
) -> str:
    """One's own account, with what was typed in one of its forms."""
    here, offers_mail = signed_in_here(), bool(settings().mail_from)
    me = here.staff.id
    with reading() as session:
        posts = [
            (session.get_one(Unit, post.unit_code).name, ROLE_NAMES[post.role])
            for post in here.staff.posts
        ]
        return render_template(
            "admin/accounts/account.html",
            form=form or PasswordForm(formdata=None),
            mail_form=mail_form or MailForm(formdata=None),
            offers_mail=offers_mail,
            is_mailed=offers_mail and has_left_mail(session, me),
            staff=here.staff,
            posts=sorted(posts),
            changes=own_changes(session, me),
            offers_passkeys=site_here() is not None,
            passkeys=_passkeys(session, me),
            devices=_devices(session, here),
            flash_messages=[done] if done else [],
        )


def _passkeys(session: Session, staff_id: int) -> list[tuple[int, str, str]]:
    return [
        (one.id, passkeys.name_of(session, one), moment(one.used_at or one.added_at))
        for one in passkeys.passkeys_of(session, staff_id)
    ]


def _devices(session: Session, here: SignedIn) -> list[Device]:
    found = sessions.sessions_of(session, here.staff.id, at=clock.now())
    seen = last_seen().of(*(one.token_hash for one in found))
    return [
        Device(
            handle=one.handle,
            signed_in_at=moment(one.signed_in_at),
            seen_at=moment(seen.get(one.token_hash, one.signed_in_at)),
            here=one.token_hash == here.session.token_hash,
        )
        for one in found
    ]
