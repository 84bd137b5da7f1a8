"""The headers that every answer carries: what a browser may do with a page, and who may keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask

from portal.foundation.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# No page has a script. A form may be sent to its own site only, and no other site may frame a page.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

# Under this name the application keeps what a finished answer needs.
USUAL_HEADERS = "usual_headers"

_ALWAYS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    # With no referrer at all the check of a form's origin would fail over TLS.
    ("Referrer-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
# What isn't published is about somebody's case, or about somebody's work.
_UNLESS_PUBLISHED = ("Cache-Control", "no-store")
_A_YEAR = "max-age=31536000"
# Of hotline.district.gov.cn all that lies below is ours; below a shorter name others have theirs.
_OF_ITS_OWN = 4


def init_app(app: Flask, settings: Settings) -> None:
    """Add the headers to every answer; one that a view has set itself stays as it is.

    They are added below Flask, where a finished list costs a few microseconds instead of thirty.
    """
    usual = [*_ALWAYS, *_over_tls(settings)]
    wanted = (*usual, _UNLESS_PUBLISHED)
    app.extensions[USUAL_HEADERS] = usual
    app.wsgi_app = _Completing(app.wsgi_app, wanted)  # type: ignore[method-assign]


def _over_tls(settings: Settings) -> tuple[tuple[str, str], ...]:
    addresses = {"public": settings.public_url, "staff": settings.staff_url}
    served = [urlsplit(addresses[part]) for part in sorted(settings.parts)]
    secure = [one.hostname or "" for one in served if one.scheme == "https"]
    if not secure:
        return ()
    alone = all(len(name.split(".")) >= _OF_ITS_OWN for name in secure)
    return (("Strict-Transport-Security", f"{_A_YEAR}; includeSubDomains" if alone else _A_YEAR),)


class _Completing:
    """The application with the wanted headers on each of its answers."""

    def __init__(self, inner: WSGIApplication, wanted: tuple[tuple[str, str], ...]) -> None:
        self._inner = inner
        self._wanted = tuple((name.lower(), (name, value)) for name, value in wanted)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def complete(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            present = {name.lower() for name, _ in headers}
            missing = [pair for name, pair in self._wanted if name not in present]
            return start_response(status, headers + missing, exc_info)

        return self._inner(environ, complete)
