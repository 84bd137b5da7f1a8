"""The guard: who gets in, which cookie, what an expired sign-in keeps, what nobody can forge."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from admin.accounts.one_time_token import stamp_of
from admin.accounts.staff_form import StaffForm
from admin.accounts.staff_session import StaffSession
from portal.foundation.staff import Role, Staff
from tests.admin.accounts.site import OPEN_TOKEN, PASSWORD, Site, make_site, token_on

WORDS = "第一行\n第二行 <b>\"引号\" & 'quotes'"


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def test_nobody_gets_in_without_a_sign_in(site: Site) -> None:
    answer = site.client().get("/staff/anybody")
    assert answer.status_code == 303
    assert answer.location == "/staff/sign-in?next=/staff/anybody"


def test_a_page_of_another_role_does_not_exist(site: Site) -> None:
    site.add("wang", ("MZ", Role.OFFICER))
    site.add("li", ("MZ", Role.OFFICER), ("OF", Role.OFFICE))
    assert site.signed_in("wang").get("/staff/office-only").status_code == 404
    assert site.signed_in("li").get("/staff/office-only").status_code == 200
    assert site.client().get("/staff/office-only").status_code == 303


def test_the_guard_tells_its_audience(site: Site) -> None:
    for endpoint, roles in (("office_only", (Role.OFFICE, Role.OFFICE_HEAD)), ("anybody", ())):
        assert getattr(site.app.view_functions[endpoint], "audience", None) == roles


def test_the_cookie_is_out_of_reach(site: Site, tmp_path: Path) -> None:
    site.add("wang")
    header = site.sign_in(site.client(), "wang").headers["Set-Cookie"]
    assert re.fullmatch(r"hh_staff=\d+\.[\w-]{43}; HttpOnly; Path=/; SameSite=Strict", header)

    tls = make_site(tmp_path / "tls", staff_url="https://staff.example")
    tls.later(seconds=0)
    with tls.stopped:
        tls.add("wang")
        client = tls.client()
        header = tls.sign_in(client, "wang").headers["Set-Cookie"]
        assert re.fullmatch(
            r"__Host-hh_staff=\d+\.[\w-]{43}; Secure; HttpOnly; Path=/; SameSite=Strict", header
        )
    tls.database.engine.dispose()


def test_the_database_keeps_the_hash_alone(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    token = client.get_cookie("hh_staff")
    assert token is not None
    with site.database.reading() as session:
        kept = session.scalars(select(StaffSession)).one()
        assert kept.token_hash == stamp_of(session, "staff-session", token.value)
    assert token.value not in repr(vars(kept))


def test_a_planted_token_is_refused_and_never_becomes_a_session(site: Site) -> None:
    site.add("wang")
    client = site.client()
    client.set_cookie("hh_staff", "planted-by-somebody-else")
    assert client.get("/staff/anybody").status_code == 303
    assert site.sign_in(client, "wang").status_code == 303
    first = client.get_cookie("hh_staff")
    assert first is not None
    assert first.value != "planted-by-somebody-else"
    assert site.sign_in(client, "wang").status_code == 303
    second = client.get_cookie("hh_staff")
    assert second is not None
    assert second.value != first.value
    stolen = site.client()
    stolen.set_cookie("hh_staff", first.value)
    assert stolen.get("/staff/anybody").status_code == 303


def test_a_session_ends_after_ten_hours_and_after_half_an_hour_alone(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    for _ in range(23):
        site.later(minutes=25)
        assert client.get("/staff/anybody").status_code == 200
    site.later(minutes=25)
    assert client.get("/staff/anybody").status_code == 303
    client = site.signed_in("wang")
    site.later(minutes=29)
    assert client.get("/staff/anybody").status_code == 200
    site.later(minutes=31)
    assert client.get("/staff/anybody").status_code == 303


def test_a_clock_that_was_set_back_keeps_no_session_open(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    site.later(minutes=-10)
    assert client.get("/staff/anybody").status_code == 200
    # Nobody can say how long it was left alone.
    site.later(hours=-2)
    assert client.get("/staff/anybody").status_code == 303
    assert site.signed_in("wang").get("/staff/anybody").status_code == 200


def test_who_left_is_out_at_once(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    with site.database.writing() as session:
        session.scalars(select(Staff)).one().active = False
    assert client.get("/staff/anybody").status_code == 303


def test_losing_the_last_seen_times_costs_a_sign_in_at_most(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    folder = site.app.extensions["settings"].database_dir
    for file in folder.glob("limits.db*"):
        file.unlink()
    assert client.get("/staff/anybody").status_code == 200


def test_a_post_needs_the_session_s_own_token(site: Site) -> None:
    site.add("wang")
    site.add("li")
    wang, li = site.signed_in("wang"), site.signed_in("li")
    own, other = token_on(wang.get("/staff/account")), token_on(li.get("/staff/account"))
    assert own != other
    assert own == token_on(wang.get("/staff/account"))
    for sent in ({}, {"csrf_token": ""}, {"csrf_token": other}, {"csrf_token": "钥匙"}):
        assert wang.post("/staff/anybody", data={"words": "x", **sent}).status_code == 400
    good = {"words": "x", "csrf_token": own}
    assert wang.post("/staff/anybody", data=good).status_code == 200
    evil = {"Origin": "http://evil.example"}
    assert wang.post("/staff/anybody", data=good, headers=evil).status_code == 403


def test_a_stale_form_is_shown_to_be_sent_again(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    answer = client.post("/staff/anybody?x=1", data={"words": WORDS, "csrf_token": "of yesterday"})
    assert answer.status_code == 400
    assert 'action="/staff/anybody?x=1"' in answer.text
    again = client.post("/staff/anybody?x=1", data=hidden_fields(answer.text))
    assert again.status_code == 200
    assert WORDS.split()[0] in again.text


def test_an_expired_sign_in_keeps_what_was_typed(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    sent = {
        "words": [WORDS, "再写一段"],
        "password_new": "geheim",
        "csrf_token": token_on(client.get("/staff/account")),
    }
    site.later(hours=11)
    asked = client.post("/staff/anybody", data=sent)
    assert asked.status_code == 401
    assert "您写的还在" in asked.text
    assert "geheim" not in asked.text
    pairs = re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', asked.text)
    typed: dict[str, list[str]] = {}
    for name, value in pairs:
        typed.setdefault(name, []).append(unescape(value))
    wrong = client.post(
        "/staff/sign-in", data={**typed, "name": "wang", "password": "x", "code": "1", **OPEN_TOKEN}
    )
    assert wrong.status_code == 422
    assert "第一行" in wrong.text
    site.later(seconds=30)
    proof = {"name": "wang", "password": PASSWORD, "code": site.code("wang")}
    fields = {**typed, **proof, **OPEN_TOKEN}
    offered = client.post("/staff/sign-in", data=fields)
    assert offered.status_code == 200
    assert 'action="/staff/anybody"' in offered.text
    assert PASSWORD not in offered.text
    assert '<blockquote class="words">第一行' in offered.text
    again = re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', offered.text)
    assert sorted(name for name, _ in again) == ["csrf_token", "words", "words"]
    resent: dict[str, list[str]] = {}
    for name, value in again:
        resent.setdefault(name, []).append(unescape(value))
    answer = client.post("/staff/anybody", data=resent)
    assert answer.text == f"wang wrote {[WORDS, '再写一段']}"


def test_files_are_said_to_be_lost(site: Site) -> None:
    sent = {"words": "x", "file": (BytesIO(b"x"), "photo.jpg")}
    asked = site.client().post("/staff/anybody", data=sent)
    assert asked.status_code == 401
    assert "要重新选" in asked.text


def test_another_site_can_plant_no_form_to_be_sent_after_the_sign_in(site: Site) -> None:
    evil = {"Origin": "http://evil.example"}
    answer = site.client().post("/staff/anybody", data={"words": "planted"}, headers=evil)
    assert answer.status_code == 403
    assert "planted" not in answer.text


def test_a_get_writes_nothing(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    client.get("/staff/account")

    def dump() -> list[str]:
        with site.database.reading() as session:
            raw = session.connection().connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            return list(raw.iterdump())

    before = dump()
    site.later(minutes=5)
    for path in (
        "/staff/account",
        "/staff/anybody",
        "/staff/sign-in",
        "/staff/enrol/nothing",
        "/staff/office-only",
    ):
        client.get(path)
    assert dump() == before


@pytest.mark.parametrize(
    "path", ["/staff/sign-out", "/staff/account/password", "/staff/account/end-session"]
)
def test_what_changes_something_is_no_get(site: Site, path: str) -> None:
    site.add("wang")
    assert site.signed_in("wang").get(path).status_code == 405


def test_a_form_checks_its_token_itself_too(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    cookie = client.get_cookie("hh_staff")
    assert cookie is not None
    headers = {"Cookie": f"hh_staff={cookie.value}"}
    with site.app.test_request_context(method="POST", data={"csrf_token": "x"}, headers=headers):
        form = StaffForm()
        assert not form.validate()
        good = form.csrf_token.current_token
    with site.app.test_request_context(method="POST", data={"csrf_token": good}, headers=headers):
        assert StaffForm().validate()
    with site.app.test_request_context(method="POST", data={"csrf_token": ""}):
        assert not StaffForm().validate()
