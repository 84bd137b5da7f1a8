"""Every answer says what a browser may do with it."""

from __future__ import annotations

import pytest
from flask import Flask, Response, abort

from portal.foundation import headers
from portal.foundation.settings import Settings


def make_app(**environment: str) -> Flask:
    """An application with one page of each sort."""
    app = Flask("pages", static_folder=None)
    headers.init_app(app, Settings.from_environment(environment))
    app.add_url_rule("/", "plain", lambda: "plain")
    app.add_url_rule("/wrong", "wrong", lambda: abort(403))
    app.add_url_rule("/file", "file", lambda: Response("x", headers=FILE_HEADERS))
    return app


FILE_HEADERS = {"content-security-policy": "sandbox", "Cache-Control": "public, no-cache"}
PATHS = ("/", "/wrong", "/no-such-page")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_closed_to_scripts_frames_and_caches(path: str) -> None:
    answer = make_app().test_client().get(path)
    policy = dict(
        part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe-inline" not in str(policy)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_what_a_view_has_set_stays_and_stands_once() -> None:
    answer = make_app().test_client().get("/file")
    assert answer.headers.getlist("Content-Security-Policy") == ["sandbox"]
    assert answer.headers.getlist("Cache-Control") == ["public, no-cache"]


@pytest.mark.parametrize(
    ("parts", "expected"), [("public", False), ("staff", True), ("public,staff", True)]
)
def test_tls_is_insisted_on_where_the_address_has_it(parts: str, expected: bool) -> None:
    app = make_app(PARTS=parts, STAFF_URL="https://staff.example.cn")
    answer = app.test_client().get("/")
    assert ("Strict-Transport-Security" in answer.headers) is expected


@pytest.mark.parametrize(
    ("public", "expected"),
    [
        ("https://hotline.jianghan.gov.cn", "max-age=31536000; includeSubDomains"),
        ("https://hotline.jianghan.gov.cn:8443", "max-age=31536000; includeSubDomains"),
        # Other bureaus have their sites below the district's name, some without TLS.
        ("https://jianghan.gov.cn", "max-age=31536000"),
    ],
)
def test_names_below_a_name_of_our_own_are_held_to_tls_too(public: str, expected: str) -> None:
    answer = make_app(PARTS="public", PUBLIC_URL=public).test_client().get("/")
    assert answer.headers["Strict-Transport-Security"] == expected


def test_a_page_sets_no_cookie() -> None:
    assert "Set-Cookie" not in make_app().test_client().get("/").headers
