"""How a public form knows that it was sent from a page of this site (CSRF), without any session.

A token fits one cookie and one submission id. Browsers without cookies, and pages that outlived
theirs, are served by the signed submission id and by what the browser itself says about where the
form was sent from.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, request
from werkzeug.wrappers import Response
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from intake import submission
from intake.asking.fields import secret
from portal.foundation.settings import Settings

TOO_OLD = "页面放久了，您写的都在，请再按一次“提交”"
TOKEN_FIELD = "csrf_token"  # noqa: S105  # The field's name, not a token.
_LONGEST_COOKIE = 64


class FormToken(CSRF):
    """The token of a form that changes something; the form has a `submission_id`."""

    def setup_form(self, form: BaseForm) -> list[tuple[str, Any]]:
        """Remember the form, whose submission id goes into the token."""
        self._form = form
        return super().setup_form(form)

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        """The token for the browser's cookie, or for the one that goes out with this page."""
        sent_with = str(self._form["submission_id"].data)
        return submission.form_token(secret(), _cookie_to_use(), sent_with)

    def validate_csrf_token(self, form: BaseForm, field: CSRFTokenField) -> None:
        """Let a form pass that one of our own pages sent."""
        sent_with: Any = form["submission_id"]
        if not (sent_with.was_ours and _is_from_here(sent_with.data, field.data or "")):
            raise ValidationError(TOO_OLD)


class LookUpToken(CSRF):
    """The token of a form that only looks something up: nothing can be forged, nothing is asked."""

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        """The same for everybody, so that the page is the same for everybody."""
        return submission.form_token(secret(), "", "look-up")

    def validate_csrf_token(self, form: BaseForm, field: CSRFTokenField) -> None:
        """Let everything pass."""


def one_time_values() -> tuple[str, str]:
    """A fresh submission id, and its token for this browser."""
    issued = submission.issue(secret())
    return issued, submission.form_token(secret(), _cookie_to_use(), issued)


def hand_out_cookie(response: Response) -> Response:
    """Give the browser its cookie if a form on this page needs one and it has none."""
    if "form_cookie" in g:
        response.set_cookie(
            _cookie_name(),
            g.form_cookie,
            path="/",
            secure=_is_https(),
            httponly=True,
            samesite="Strict",
        )
    return response


def _cookie_to_use() -> str:
    sent = _cookie_sent()
    if sent:
        return sent
    if "form_cookie" not in g:
        g.form_cookie = secrets.token_urlsafe(18)
    return str(g.form_cookie)


def _cookie_sent() -> str:
    sent = request.cookies.get(_cookie_name(), "")
    return sent if len(sent) <= _LONGEST_COOKIE else ""


def _is_from_here(sent_with: str, token: str) -> bool:
    cookie = _cookie_sent()
    fits = bool(cookie) and submission.token_fits(secret(), cookie, sent_with, token)
    return fits or _browser_says_so()


def _browser_says_so() -> bool:
    """Whether the browser names this site as the sender; one that says nothing isn't believed."""
    said: list[bool] = []
    if "Sec-Fetch-Site" in request.headers:
        said.append(request.headers["Sec-Fetch-Site"] == "same-origin")
    if "Origin" in request.headers:
        here = {request.host, urlsplit(_settings().public_url).netloc}
        said.append(urlsplit(request.headers["Origin"]).netloc in here)
    return bool(said) and all(said)


def _cookie_name() -> str:
    # The prefix keeps a neighbouring host of the same domain from setting it.
    return "__Host-hh_form" if _is_https() else "hh_form"


def _is_https() -> bool:
    return _settings().public_url.startswith("https://")


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
