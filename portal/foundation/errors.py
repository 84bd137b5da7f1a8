"""Each error becomes a page, here and nowhere else: what happened, what to do next, and the
hotline.

A form that an error hits gives itself back filled: a door registers a `refill` for its endpoint.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
from flask import Flask, Response, current_app, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from portal.foundation.database_busy import DatabaseBusy
from portal.foundation.logs import log_error

Refill = Callable[[int], Response | None]
_REFILLS = "refills"
_WITH_PAGE = {400, 403, 404, 405, 410, 413, 422, 429, 500, 503}


def init_app(app: Flask) -> None:
    """Answer every error of the application."""
    app.extensions[_REFILLS] = {}
    app.register_error_handler(HTTPException, _http_error)
    for away in (
        OperationalError,
        sqlite3.OperationalError,
        psycopg.OperationalError,
        DatabaseBusy,
    ):
        app.register_error_handler(away, _database_away)
    app.register_error_handler(Exception, _unexpected)


def refill(app: Flask, endpoint: str, give_back: Refill) -> None:
    """When a request to `endpoint` fails, answer with `give_back(status)` if it gives anything."""
    app.extensions[_REFILLS][endpoint] = give_back


def error_page(code: int, **kept: Any) -> Response:
    """The page of a status code; plain text where not even the campaign's names can be read."""
    shown = code if code in _WITH_PAGE else 500 if code >= 500 else 400
    try:
        return make_response(render_template("errors/page.html", code=shown, **kept), code)
    except Exception as error:  # Whatever it was, somebody is waiting for an answer.
        log_error(error)
        return Response("惠民热线现在暂时用不了，请过几分钟再试。", code, mimetype="text/plain")


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    response = filled_form(code) or error_page(code)
    for name in ("Retry-After", "Allow"):
        for key, value in error.get_headers(request.environ):
            if key == name:
                response.headers[name] = value
    return response


def database_away(error: Exception) -> Response:
    """The page of a database that is away, for whoever answers with it himself."""
    log_error(error)
    return _later(error_page(503))


def _database_away(error: Exception) -> Response:
    log_error(error)
    return _later(filled_form(503) or error_page(503))


def _later(response: Response) -> Response:
    response.headers["Retry-After"] = "60"
    return response


def _unexpected(error: Exception) -> Response:
    error_id = log_error(error)
    return filled_form(500) or error_page(500, error_id=error_id)


def filled_form(code: int) -> Response | None:
    """The form of this request as it was sent, where its door registered a refill for the status;
    for a door that answers an error of its own."""
    give_back: Refill | None = current_app.extensions[_REFILLS].get(request.endpoint or "")
    if give_back is None or request.method != "POST":
        return None
    try:
        return give_back(code)
    except Exception as error:  # The form itself is what's broken: the plain page must still come.
        log_error(error)
        return None
