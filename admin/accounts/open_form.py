"""The base of the forms for people who are not signed in yet: signing in, opening a one-time link.

There is no session to bind a token to, so it follows from a cookie made for this (double submit).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from admin.accounts.cookie import is_https
from admin.accounts.guard import TOKEN_FIELD


def open_cookie_name() -> str:
    """The cookie that nothing but this token hangs on."""
    return "__Host-hh_form" if is_https() else "hh_form"


def token_of(cookie: str) -> str:
    """The token of a cookie; the page doesn't show the cookie itself."""
    return hmac.new(cookie.encode("utf-8", "replace"), b"open form", hashlib.sha256).hexdigest()


def hand_out_cookie(response: Response) -> Response:
    """Set the cookie if a page of this request needed one and the browser had none."""
    if "open_form_cookie" in g:
        response.set_cookie(
            open_cookie_name(),
            g.open_form_cookie,
            path="/",
            secure=is_https(),
            httponly=True,
            samesite="Strict",
        )
    return response


class OpenToken(CSRF):
    """A token that only a page of this site can show to this browser."""

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        """The token of the browser's cookie, or of the one it is about to get."""
        cookie = request.cookies.get(open_cookie_name())
        if not cookie and "open_form_cookie" not in g:
            g.open_form_cookie = secrets.token_urlsafe(32)
        return token_of(cookie or g.open_form_cookie)

    def validate_csrf_token(self, form: BaseForm, field: CSRFTokenField) -> None:
        """Compare in constant time; without a cookie nothing fits."""
        cookie, sent = request.cookies.get(open_cookie_name()), field.data or ""
        if not cookie or not hmac.compare_digest(
            token_of(cookie).encode(), sent.encode("utf-8", "replace")
        ):
            raise ValidationError("页面放久了，请再按一次")


class OpenForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """A form for people who aren't signed in."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # flask_wtf ships no types
        """What WTForms asks about this form's token."""

        csrf = True
        csrf_class = OpenToken
        csrf_field_name = TOKEN_FIELD
