"""The page behind a one-time link: a person sets his password and his second factor."""

from __future__ import annotations

import base64
import binascii

from flask import abort, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from admin.accounts import password as passwords
from admin.accounts import second_factor, throttle
from admin.accounts.enrol import (
    Chosen,
    LinkOver,
    WrongCode,
    WrongWord,
    check_word,
    enrol,
    link_holder,
    offer_seed,
    offered_seed,
)
from admin.accounts.one_time_token import is_half
from admin.accounts.origin import HOME, sent_from_elsewhere
from admin.accounts.pages.blueprint import blueprint
from admin.accounts.pages.forms import EnrolmentForm
from admin.accounts.pages.sign_in import signed_in_response
from admin.accounts.sessions import begin_session
from intake.vault.sealing import DoesNotOpen
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.staff import Staff


@blueprint.get("/enrol/<token>", endpoint="enrol")
def enrol_page(token: str) -> str:
    """Offer a fresh seed to whoever holds the link; nothing is stored."""
    with reading() as session:
        staff = link_holder(session, token)
    return _page(
        EnrolmentForm(formdata=None), token=token, staff=staff, seed=second_factor.new_seed()
    )


@blueprint.post("/enrol/<token>")
def do_enrol(token: str) -> Response | tuple[str, int]:
    """Store password and seed once both are proved, and sign the person in."""
    if sent_from_elsewhere():
        abort(403)
    form = EnrolmentForm()
    with reading() as session:
        staff = link_holder(session, token)
    seed = _seed_on_the_page(token, form)
    if not (form.validate() and _word_fits(form, token, staff) and _will_do(form, seed, staff)):
        status = 400 if form.csrf_token.errors else 422
        return _page(form, token=token, staff=staff, seed=seed), status
    chosen = Chosen(
        password_hash=passwords.hashed(form.password.data or ""),
        seed=seed,
        code=form.code.data or "",
        word=form.word.data or "",
    )
    try:
        with writing() as session:
            enrol(session, token=token, chosen=chosen)
            signed_in_token = begin_session(session, staff.id)
    except WrongCode:
        # The step passed while the password was being hashed.
        form.code.errors = ["这个验证码过了时间，请填新的一个"]
        return _page(form, token=token, staff=staff, seed=seed), 422
    return signed_in_response(signed_in_token, wanted=HOME)


@blueprint.errorhandler(LinkOver)
def link_over(_: LinkOver) -> tuple[str, int]:
    """Used, too old and never made look alike."""
    return render_template("admin/accounts/link_over.html"), 404


def _seed_on_the_page(token: str, form: EnrolmentForm) -> bytes:
    """The seed the person has scanned; a page that carries none gets a new one."""
    try:
        sealed = base64.b64decode(form.offered.data or "", validate=True)
        with reading() as session:
            return offered_seed(session, token, sealed)
    except (DoesNotOpen, binascii.Error):
        return second_factor.new_seed()


def _word_fits(form: EnrolmentForm, token: str, staff: Staff) -> bool:
    """Whether the word of a link of two people fits; wrong ones are slowed like wrong passwords."""
    vouched = throttle.with_link(staff.id)
    wait = throttle.seconds_to_wait(staff.name, vouched) if is_half(token) else 0
    if wait:
        form.word.errors = [f"试的次数太多了，请过{-(-wait // 60)}分钟再试"]
        return False
    try:
        with reading() as session:
            check_word(session, token, staff.id, form.word.data or "")
    except WrongWord:
        throttle.count_failure(staff.name, vouched, way="word")
        form.word.errors = ["核对码不对。请问同意给您开户的那一位，再填一次"]
    return not form.word.errors


def _will_do(form: EnrolmentForm, seed: bytes, staff: Staff) -> bool:
    """Whether code and password pass; what doesn't is written beside its field."""
    if second_factor.step_of(form.code.data or "", seed, at=clock.now()) is None:
        form.code.errors = ["验证码不对。请看手机上现在显示的6位数字，再填一次"]
    try:
        passwords.check(form.password.data or "", names=(staff.name, staff.display_name))
    except passwords.UnfitPassword as why:
        form.password.errors = [str(why)]
    return not form.errors


def _page(form: EnrolmentForm, *, token: str, staff: Staff, seed: bytes) -> str:
    with reading() as session:
        form.offered.data = base64.b64encode(offer_seed(session, token, seed)).decode()
    return render_template(
        "admin/accounts/enrol.html",
        form=form,
        token=token,
        asks_word=is_half(token),
        staff=staff,
        # segno draws it from the seed and a name it escapes; nothing typed is in it as it stands.
        picture=Markup(second_factor.qr_picture(seed, name=staff.name)),  # noqa: S704
        key=second_factor.in_fours(seed),
    )
