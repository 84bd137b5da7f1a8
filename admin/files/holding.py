"""What staff read where a file is held: something harmful is in it, or nobody could say so."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, make_response, render_template

from admin.files import clamd
from admin.files.clamd import ScannerAway
from admin.files.scanned_files import HarmfulFile
from portal.foundation.errors import filled_form
from portal.foundation.logs import log_error
from portal.foundation.settings import Settings
from portal.pages import health

_RETRY_AFTER_SECONDS = 60


def init_app(app: Flask, settings: Settings) -> None:
    """Say it in every room, and in `/readyz`; nothing where no scanner is named."""
    if settings.clamd_socket:
        app.register_error_handler(ScannerAway, _is_away)
        health.also(app, "scanner", lambda _: state_of_scanner(settings))


def state_of_scanner(settings: Settings) -> str:
    """Whether files can be handed out: "ok", or what is wrong."""
    is_there = not settings.clamd_socket or clamd.answers(Path(settings.clamd_socket))
    return "ok" if is_there else "scanner away, files are held"


def harmful_page(error: HarmfulFile) -> Response:
    """What to do where something harmful was found."""
    log_error(error, "something harmful in a file")
    return make_response(render_template("admin/files/held.html", is_harmful=True), 410)


def _is_away(error: ScannerAway) -> Response:
    log_error(error, "the scanner is away")
    page = filled_form(503)
    if page is None:
        page = make_response(render_template("admin/files/held.html", is_harmful=False), 503)
    page.headers["Retry-After"] = str(_RETRY_AFTER_SECONDS)
    return page
