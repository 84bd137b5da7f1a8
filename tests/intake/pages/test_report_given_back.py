"""Whatever goes wrong with a report, its writer gets back what he wrote, and hears what to do."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import Headers

from intake.cases.case import Case
from intake.vault.unit_key import UnitKey
from portal.foundation.database import Database
from portal.foundation.limits import DOORS
from tests.deployments import Deployment
from tests.intake.pages.journey import Page, form_page, multipart, opened, report, send
from tests.intake.sms.test_away import away
from tests.pages.markup import findings

TYPED = {
    "words": "津贴没发\n问了三次",
    "policy": "MZ11",
    "place": "420103006",
    "problem": "1.2",
    "fund_year": "2021",
    "accused": "<某>",
    "keep_from_unit": "y",
    "on_behalf_of": "妈妈",
    "identity": "phone",
    "contact_phone": "139 0000 1234",
}
# How long a provider of texts waits, and how long somebody whose form comes next.
PROVIDER_SECONDS, FORM_SECONDS = 15.0, 2.5
SAME_SITE = {"Origin": "http://localhost"}


def count(deployment: Deployment) -> int:
    with deployment.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def assert_given_back(page: Page, status: int) -> None:
    assert page.status == status
    assert {name: page.fields.get(name) for name in TYPED} == TYPED
    assert "<title>有误：" in page.html
    assert "您写的都在" in page.text
    assert findings(page.html) == []


def unplug(deployment: Deployment, app: Flask) -> None:
    """Put a database in place at whose address nobody answers."""
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=2"
    settings = replace(deployment.settings, database_url=nowhere)
    app.extensions["database"] = Database(settings, vault=app.extensions["vault"])


@pytest.mark.parametrize(
    "spoilt",
    [
        {"csrf_token": "x"},
        {"csrf_token": ""},
        {"submission_id": "abc"},
        {"submission_id": ""},
        {"submission_id": "1.2.é"},
    ],
)
def test_an_old_page_comes_back_and_then_goes_through(
    deployment: Deployment, spoilt: dict[str, str]
) -> None:
    client = deployment.citizen()
    page = send(client, form_page(client), **TYPED, **spoilt)
    assert_given_back(page, 400)
    assert "页面放久了，您写的都在，请再按一次“提交”" in page.text
    assert count(deployment) == 0

    assert send(client, page).status == 200
    assert count(deployment) == 1


def test_a_form_without_its_hidden_fields_comes_back(deployment: Deployment) -> None:
    page = opened(deployment.citizen().post("/report/complaint", data=TYPED))

    assert_given_back(page, 400)


def test_a_form_of_another_browser_comes_back(deployment: Deployment) -> None:
    page = form_page(deployment.citizen())
    other = deployment.citizen()
    form_page(other)

    assert send(other, page, words="没发").status == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://127.0.0.1:8000"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, 400),
        ({"Origin": "http://localhost.example.com"}, 400),
        ({"Origin": "http://example.com"}, 400),
        ({"Origin": "null"}, 400),
        ({"Sec-Fetch-Site": "none"}, 400),
    ],
)
def test_browsers_without_cookies_are_served_from_our_own_page_only(
    deployment: Deployment, headers: dict[str, str], status: int
) -> None:
    client = deployment.public.test_client(use_cookies=False)
    fields = {**form_page(client).fields, "words": "没发"}
    answer = client.post("/report/complaint", data=fields, headers=Headers(headers))

    assert answer.status_code == status


def test_a_foreign_submission_id_isnt_saved_by_its_origin(deployment: Deployment) -> None:
    client = deployment.citizen()
    data = {"words": "没发", "submission_id": "1.2.3", "csrf_token": "x"}

    assert client.post("/report/complaint", data=data, headers=SAME_SITE).status_code == 400


def test_no_cookie_before_the_form_and_one_plain_one_with_it(deployment: Deployment) -> None:
    client = deployment.citizen()
    for path in ("/report", "/progress"):
        assert client.get(path).headers.getlist("Set-Cookie") == []
    cookies = client.get("/report/complaint").headers.getlist("Set-Cookie")

    assert len(cookies) == 1
    name, *attributes = cookies[0].split("; ")
    assert name.startswith("hh_form=")
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Strict"]
    assert client.get("/report/complaint").headers.getlist("Set-Cookie") == []


def test_nothing_about_a_case_is_kept_by_a_browser(deployment: Deployment) -> None:
    client = deployment.citizen()
    answer = client.post("/report/complaint", data={**form_page(client).fields, "words": "没发"})

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Location" not in answer.headers


def test_a_body_too_large_says_what_to_do(deployment: Deployment) -> None:
    client = deployment.citizen()
    fields = {**form_page(client).fields, **TYPED, "words": "字" * 3_000_000}
    for sent in ({"data": fields}, multipart(fields, b"x")):
        page = opened(client.post("/report/complaint", **sent))
        assert page.status == 413
        assert "请回到上一页" in page.text


def test_who_comes_too_fast_gets_his_form_back(deployment: Deployment) -> None:
    client = deployment.citizen()
    form = form_page(client)
    for _ in range(DOORS["report"].windows[0].amount):
        assert client.post("/report/complaint", data={"edit": "yes"}).status_code == 200
    answer = client.post("/report/complaint", data={**form.fields, **TYPED})

    assert_given_back(opened(answer), 429)
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert count(deployment) == 0


def test_a_database_that_is_away_costs_no_word(deployment: Deployment) -> None:
    client = deployment.citizen()
    form = form_page(client)
    kept = deployment.public.extensions["database"]
    unplug(deployment, deployment.public)
    page = send(client, form, **TYPED)

    assert_given_back(page, 503)
    assert "027-0000-0100" in page.text
    deployment.public.extensions["database"] = kept
    assert send(client, page).status == 200


def test_a_database_that_is_held_costs_no_word_and_keeps_nobody_long(
    deployment: Deployment,
) -> None:
    client = deployment.citizen()
    form = form_page(client)
    began = time.monotonic()
    with away(deployment):
        assert_given_back(send(client, form, **TYPED), 503)
        # Fewer than a provider of texts waits for, and whoever comes next stands in no queue.
        assert time.monotonic() - began < PROVIDER_SECONDS
        again = time.monotonic()
        page = send(client, form, **TYPED)
        assert_given_back(page, 503)
        assert time.monotonic() - again < FORM_SECONDS
    assert send(client, page).status == 200
    assert count(deployment) == 1


def test_a_swapped_key_costs_no_word(deployment: Deployment) -> None:
    with deployment.database.writing() as session:
        session.get_one(UnitKey, "BGS").public_key = session.get_one(UnitKey, "MZ").public_key
    page = report(deployment.citizen(), **TYPED)

    assert_given_back(page, 500)
    assert count(deployment) == 0


def test_a_page_of_last_week_still_posts(deployment: Deployment) -> None:
    from datetime import timedelta

    from portal.foundation import clock

    client = deployment.citizen()
    with clock.stopped_at(clock.now() - timedelta(days=7)):
        page = form_page(client)

    assert send(client, page, words="没发").status == 200
