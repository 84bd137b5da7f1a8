"""The one cookie of the staff site: an opaque token, out of reach of scripts and of other sites."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.wrappers import Response

from portal.foundation.settings import Settings


def settings() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.extensions["settings"]
    return found


def is_https() -> bool:
    """Whether staff reach this site through TLS."""
    return settings().staff_url.startswith("https://")


def cookie_name() -> str:
    """Browsers refuse a `__Host-` cookie that a neighbouring host tries to plant."""
    return "__Host-hh_staff" if is_https() else "hh_staff"


def token_in_cookie() -> str | None:
    """The token the browser brought, if any."""
    return request.cookies.get(cookie_name())


def keep_cookie(response: Response, token: str) -> None:
    """Hand the token to the browser until it is closed."""
    response.set_cookie(
        cookie_name(), token, path="/", secure=is_https(), httponly=True, samesite="Strict"
    )


def drop_cookie(response: Response) -> None:
    """Take the token back, with what the browser kept of the pages it opened."""
    response.delete_cookie(
        cookie_name(), path="/", secure=is_https(), httponly=True, samesite="Strict"
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
