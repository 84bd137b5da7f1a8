"""Whether somebody signed in with this browser before (a device cookie): whoever guesses at his
name from elsewhere then doesn't keep him out. It opens nothing, and says nobody's name."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.cookie import is_https
from admin.accounts.sign_in import tidy_name
from intake.vault.vault import vault_of

_PURPOSE = "known-browser"
_KEPT = timedelta(days=180)


def cookie_name() -> str:
    """Browsers refuse a `__Host-` cookie that a neighbouring host tries to plant."""
    return "__Host-hh_known" if is_https() else "hh_known"


def known_for(session: Session, name: str) -> str | None:
    """What tries of this browser are counted by, where this person signed in with it before."""
    mark, _, stamp = request.cookies.get(cookie_name(), "").partition(".")
    stamps = vault_of(session).stamps(_PURPOSE, tidy_name(name), mark[:64])
    sent = stamp.encode("utf-8", "replace")
    # Each is compared whatever the one before said.
    fits = [hmac.compare_digest(one.encode(), sent) for one in stamps]
    return f"browser|{mark}" if any(fits) else None


def mark_of(session: Session, name: str) -> str:
    """A fresh cookie for a browser in which this person just signed in."""
    mark = secrets.token_urlsafe(16)
    return f"{mark}.{vault_of(session).stamp(_PURPOSE, tidy_name(name), mark)}"


def keep_mark(response: Response, mark: str) -> None:
    """Hand it to the browser, for half a year."""
    response.set_cookie(
        cookie_name(),
        mark,
        max_age=int(_KEPT.total_seconds()),
        path="/",
        secure=is_https(),
        httponly=True,
        samesite="Strict",
    )
