"""What holds for every answer of both sites, whatever it is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from admin.accounts.credential import Credential
from portal.foundation.limits import limits
from portal.foundation.staff import Role, Staff
from tests.deployments import Deployment
from wsgi import create_app

OTHER_METHODS = ("OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "NONSENSE")
USUAL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PUBLIC = [
    *("/", "/policies", "/report/complaint", "/progress", "/feed.xml", "/data/policies.json"),
    *("/data/policies.csv", "/static/site.css", "/healthz", "/robots.txt", "/nowhere", "/staff"),
]
STAFF = ["/staff/", "/staff/cases", "/staff/account", "/staff/sign-in", "/staff/nowhere", "/readyz"]


@contextmanager
def over_tls(deployment: Deployment, part: str) -> Iterator[Flask]:
    """A site of the same deployment as it is reached through TLS."""
    settings = replace(deployment.settings, parts=frozenset({part}))
    addresses = ("https://hotline.example", "https://staff.example")
    app = create_app(replace(settings, public_url=addresses[0], staff_url=addresses[1]))
    try:
        yield app
    finally:
        app.extensions["database"].engine.dispose()
        limits.init_app(Flask("counts"), deployment.settings)


def test_a_door_answers_the_methods_that_it_names(deployment: Deployment) -> None:
    for app in (deployment.public, deployment.staff):
        named = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
        assert named == {"GET", "HEAD", "POST"}
    for client, paths in ((deployment.citizen(), PUBLIC), (deployment.staff.test_client(), STAFF)):
        for method in OTHER_METHODS:
            for path in paths:
                answer = client.open(path, method=method)
                answer.close()
                assert answer.status_code in {404, 405}, (method, path)
                assert "OPTIONS" not in answer.headers.get("Allow", ""), (method, path)


def test_every_answer_carries_the_usual_headers(deployment: Deployment) -> None:
    deployment.add_staff("wang", ("MZ", Role.OFFICER))
    stranger, officer = deployment.staff.test_client(), deployment.officer("wang")
    asked = [(deployment.citizen(), path) for path in PUBLIC]
    asked += [(client, path) for client in (stranger, officer) for path in STAFF]
    for client, path in asked:
        answer = client.get(path, headers={"Origin": "https://elsewhere.example"})
        answer.close()
        for name, value in USUAL.items():
            assert answer.headers.getlist(name) == [value], (path, name)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
        assert "geolocation=()" in answer.headers["Permissions-Policy"], path
        # What is published as data is for everybody's programs, and nothing else is.
        others = {
            name: value for name, value in answer.headers if name.startswith("Access-Control")
        }
        everybody = {"Access-Control-Allow-Origin": "*"}
        assert others == (everybody if path.startswith("/data/") else {}), path
        kind = answer.headers["Content-Type"]
        assert "charset=utf-8" in kind or not kind.startswith("text/"), (path, kind)


def test_a_page_of_the_staff_leads_out(deployment: Deployment) -> None:
    deployment.add_staff("everything", *(("BGS", role) for role in Role))
    client = deployment.officer("everything")
    for path in ("/staff/", "/staff/cases", "/staff/account", "/staff/office"):
        assert 'action="/staff/sign-out"' in client.get(path, follow_redirects=True).text


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/../wsgi.py",
        "/static/%2e%2e/wsgi.py",
        "/.git/config",
        "/.env",
        "/console",
        "/docs/settings.md",
    ],
)
def test_what_is_no_page_is_not_handed_out(deployment: Deployment, path: str) -> None:
    for client in (deployment.citizen(), deployment.staff.test_client()):
        assert client.get(path).status_code == 404


def test_the_bare_address_of_the_staff_site_leads_to_its_first_page(deployment: Deployment) -> None:
    with over_tls(deployment, "staff") as app:
        answer = app.test_client().get("/", base_url="https://staff.example")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/staff/")


def test_over_tls_every_cookie_stays_with_this_host_and_out_of_reach(
    deployment: Deployment,
) -> None:
    for part, path in (("public", "/report/complaint"), ("staff", "/staff/sign-in")):
        with over_tls(deployment, part) as app:
            answer = app.test_client().get(path, base_url=f"https://{part}.example")
        [cookie] = answer.headers.getlist("Set-Cookie")
        name, *attributes = cookie.split("; ")
        assert name.startswith("__Host-hh_form=")
        assert set(attributes) == {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"}
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_nobody_works_here_before_somebody_is_added(deployment: Deployment) -> None:
    with deployment.database.reading() as session:
        for record in (Staff, Credential):
            assert session.scalar(select(func.count()).select_from(record)) == 0
