"""Passkeys beside the codes: what proves somebody, and what doesn't."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from admin.accounts import second_factor
from admin.accounts.add_staff import make_link
from admin.accounts.enrol import Chosen, enrol
from admin.accounts.one_time_token import new_token
from admin.accounts.passkey import Passkey
from admin.accounts.passkey_challenge import PasskeyChallenge
from admin.accounts.passkey_proof import site_of
from intake.cases.event import Event
from portal.foundation import clock
from tests.admin.accounts.authenticator import Authenticator
from tests.admin.accounts.site import OPEN_TOKEN, PASSWORD, PASSWORD_HASH, Site, make_site, token_on

WRONG = "登录名、密码或通行密钥不对"


def asked_on(page: TestResponse) -> tuple[str, dict[str, str]]:
    """What a page asks a device for, and the fields that go with the answer."""
    asked = re.search(r'data-passkey="([^"]+)"', page.text)
    key = re.search(r'name="passkey_(?:made_)?key" value="([^"]+)"', page.text)
    assert asked, page.text
    assert key
    return html.unescape(asked[1]), {"passkey_key": key[1]}


def add(site: Site, client: FlaskClient, device: Authenticator, name: str = "电脑") -> TestResponse:
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    page = client.post("/staff/account/passkeys/new", data=token)
    asked, fields = asked_on(page)
    sent = {**token, **made(fields, device.make(asked)), "name": name}
    return client.post("/staff/account/passkeys", data=sent)


def made(fields: dict[str, str], answered: str) -> dict[str, str]:
    """What a page on which one is made sends."""
    return {"passkey_made_key": fields["passkey_key"], "passkey_made": answered}


def with_passkey(site: Site, name: str = "wang") -> Authenticator:
    device = Authenticator()
    assert add(site, site.signed_in(name), device).status_code == 303
    return device


def ask(site: Site, client: FlaskClient, name: str, password: str = PASSWORD) -> TestResponse:
    typed = {"name": name, "password": password, **OPEN_TOKEN}
    return client.post("/staff/sign-in/passkey", data=typed)


def answer(client: FlaskClient, name: str, fields: dict[str, str], answered: str) -> TestResponse:
    sent = {**OPEN_TOKEN, **fields, "name": name, "passkey_answer": answered}
    return client.post("/staff/sign-in/passkey/answer", data=sent)


def test_password_and_passkey_sign_in_without_a_code(site: Site) -> None:
    site.add("wang")
    device = with_passkey(site)
    client = site.client()
    page = ask(site, client, "wang")
    assert page.headers["Content-Security-Policy"].endswith("; script-src 'self'")
    asked, fields = asked_on(page)
    assert "allowCredentials" not in asked or '"allowCredentials": []' in asked
    assert answer(client, "wang", fields, device.sign(asked)).status_code == 303
    account = client.get("/staff/account")
    assert "电脑" in account.text
    assert "script-src" not in account.headers.get("Content-Security-Policy", "")
    # The code still does, too.
    assert site.sign_in(site.client(), "wang").status_code == 303


def test_an_answer_works_once(site: Site) -> None:
    site.add("wang")
    device = with_passkey(site)
    client = site.client()
    asked, fields = asked_on(ask(site, client, "wang"))
    answered = device.sign(asked)
    assert answer(client, "wang", fields, answered).status_code == 303
    again = answer(site.client(), "wang", fields, answered)
    assert (again.status_code, WRONG in again.text) == (422, True)
    # Nor with another challenge.
    _, others = asked_on(ask(site, client, "wang"))
    assert answer(site.client(), "wang", others, answered).status_code == 422


def test_a_challenge_is_good_for_five_minutes_and_its_own_purpose(site: Site) -> None:
    site.add("wang")
    device = with_passkey(site)
    asked, fields = asked_on(ask(site, site.client(), "wang"))
    site.later(minutes=5)
    assert answer(site.client(), "wang", fields, device.sign(asked)).status_code == 422
    mine = site.signed_in("wang")
    token = {"csrf_token": token_on(mine.get("/staff/account"))}
    asked, fields = asked_on(mine.post("/staff/account/passkeys/new", data=token))
    assert answer(site.client(), "wang", fields, device.sign(asked)).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://localhost.example.cn"},
        {"host": "example.cn"},
        {"verifies": False},
        {"key": Authenticator().key},
        {"credential_id": b"x" * 32},
    ],
    ids=["another origin", "another site", "no PIN or finger", "another key", "unknown"],
)
def test_what_another_site_or_device_signed_proves_nothing(
    site: Site, wrong: dict[str, object]
) -> None:
    site.add("wang")
    device = with_passkey(site)
    asked, fields = asked_on(ask(site, site.client(), "wang"))
    forged = replace(device, **wrong)  # type: ignore[arg-type]
    assert answer(site.client(), "wang", fields, forged.sign(asked)).status_code == 422


def test_a_passkey_of_somebody_else_proves_nothing(site: Site) -> None:
    site.add("wang")
    site.add("li")
    with_passkey(site, "wang")
    device = with_passkey(site, "li")
    asked, fields = asked_on(ask(site, site.client(), "wang"))
    for name in ("wang", "li"):
        assert answer(site.client(), name, fields, device.sign(asked)).status_code == 422


def test_a_copied_passkey_is_refused(site: Site) -> None:
    site.add("wang")
    device = with_passkey(site)
    for count, status in ((7, 303), (7, 422), (6, 422), (8, 303)):
        client = site.client()
        asked, fields = asked_on(ask(site, client, "wang"))
        assert answer(client, "wang", fields, device.sign(asked, count=count)).status_code == status


def test_the_page_is_the_same_whatever_was_typed(site: Site) -> None:
    site.add("wang")
    site.add("zhao")
    device = with_passkey(site)

    def shown(name: str, password: str) -> str:
        page = ask(site, site.client(), name, password)
        assert page.status_code == 200
        hidden = re.sub(r'(name="passkey_key" value=")[0-9a-f]{32}', r"\1", page.text)
        return re.sub(r"&#34;challenge&#34;: &#34;[^&]+&#34;", "", hidden).replace(name, "NAME")

    right = shown("wang", PASSWORD)
    assert right == shown("wang", "not the password")
    assert right == shown("nobody", PASSWORD)
    assert right == shown("zhao", PASSWORD)
    asked, fields = asked_on(ask(site, site.client(), "wang", "not the password"))
    assert answer(site.client(), "wang", fields, device.sign(asked)).status_code == 422


def test_wrong_passwords_are_counted_on_this_way_too(site: Site) -> None:
    site.add("wang")
    for _ in range(5):
        ask(site, site.client(), "wang", "not the password")
    assert ask(site, site.client(), "wang").status_code == 429


def test_a_passkey_proves_again_in_the_place_of_a_code(site: Site) -> None:
    site.add("wang")
    device = with_passkey(site)
    client = site.signed_in("wang")
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    site.later(minutes=11)
    page = client.post("/staff/account/end-session", data={**token, "handle": "0" * 16})
    assert page.status_code == 401
    assert page.headers["Content-Security-Policy"].endswith("; script-src 'self'")
    asked, fields = asked_on(page)
    sent = {**token, **fields, "handle": "0" * 16, "passkey_answer": device.sign(asked)}
    assert client.post("/staff/account/end-session", data=sent).status_code == 303
    site.later(minutes=11)
    assert client.post("/staff/account/end-session", data=sent).status_code == 401


def test_one_is_added_with_the_proof_that_was_made_for_it(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    site.later(minutes=2)
    sent = {**token, "fresh_code": site.code("wang")}
    asked, fields = asked_on(client.post("/staff/account/passkeys/new", data=sent))
    typed = {**token, "name": "电脑"}
    # Whoever is slow with his device isn't asked twice; what went wrong can't go on for ever.
    site.later(minutes=4)
    answered = made(fields, Authenticator(origin="http://other.example.cn").make(asked))
    page = client.post("/staff/account/passkeys", data={**typed, **answered})
    assert page.status_code == 422
    asked, fields = asked_on(page)
    site.later(minutes=2, seconds=1)
    device = Authenticator()
    answered = made(fields, device.make(asked))
    page = client.post("/staff/account/passkeys", data={**typed, **answered})
    assert page.status_code == 401
    # What the device made goes along.
    assert "passkey_made_key" in page.text
    sent = {**typed, **answered, "fresh_code": site.code("wang")}
    assert client.post("/staff/account/passkeys", data=sent).status_code == 303


def test_nobody_has_a_device_asked_by_a_form_that_brings_nothing(site: Site) -> None:
    """Whoever finds a desk open some minutes after its owner proved himself."""
    site.add("wang")
    client = site.signed_in("wang")
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    site.later(minutes=2)
    assert client.post("/staff/account/passkeys/new", data=token).status_code == 401
    for typed in ({}, {"name": "我的"}, {"name": "我的", "passkey_made_key": "0" * 32}):
        page = client.post("/staff/account/passkeys", data={**token, **typed})
        assert (page.status_code, "data-passkey" in page.text) == (422, False)
        assert "请再加一次" in page.text


def test_who_has_none_is_asked_for_a_code_alone(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    site.later(minutes=11)
    page = client.post("/staff/account/passkeys/new", data=token)
    assert (page.status_code, "data-passkey" in page.text) == (401, False)


def test_several_are_named_and_taken_away_by_their_owner_alone(site: Site) -> None:
    site.add("wang")
    site.add("li")
    wang, li = site.signed_in("wang"), site.signed_in("li")
    devices = [Authenticator(), Authenticator()]
    for device, name in zip(devices, ("电脑", "手机"), strict=True):
        assert add(site, wang, device, name).status_code == 303
    assert add(site, li, devices[0]).status_code == 422
    page = wang.get("/staff/account").text
    assert "电脑" in page
    paths = re.findall(r'action="(/staff/account/passkeys/\d+/remove)"', page)
    assert len(paths) == 2
    li.post(paths[0], data={"csrf_token": token_on(li.get("/staff/account"))})
    assert wang.get("/staff/account").text.count("/remove") == 2
    wang.post(paths[0], data={"csrf_token": token_on(wang.get("/staff/account"))})
    asked, fields = asked_on(ask(site, site.client(), "wang"))
    assert answer(site.client(), "wang", fields, devices[0].sign(asked)).status_code == 422
    with site.database.reading() as session:
        names = session.scalars(select(Event.name).where(Event.name.startswith("passkey")))
        assert list(names) == ["passkey_added", "passkey_added", "passkey_removed"]
        assert "电脑".encode() not in session.scalars(select(Passkey.sealed_name)).one()


def test_a_passkey_or_a_challenge_written_by_hand_is_none(site: Site) -> None:
    site.add("wang")
    li = site.add("li")
    device = with_passkey(site)
    with site.database.writing() as session:
        session.execute(update(Passkey).values(staff_id=li.id))
    asked, fields = asked_on(ask(site, site.client(), "li"))
    assert answer(site.client(), "li", fields, device.sign(asked)).status_code == 422
    asked, fields = asked_on(ask(site, site.client(), "nobody"))
    with site.database.writing() as session:
        session.execute(update(PasskeyChallenge).values(staff_id=li.id, password_hash="x"))
    assert answer(site.client(), "li", fields, device.sign(asked)).status_code == 422


def test_a_new_enrolment_ends_them(site: Site) -> None:
    staff = site.add("wang")
    device = with_passkey(site)
    seed = second_factor.new_seed()
    with site.database.writing() as session:
        token = make_link(session, staff.id, new_token(staff.id))
        code = second_factor.code_of(seed, second_factor.step_at(clock.now()))
        enrol(session, token=token, chosen=Chosen(PASSWORD_HASH, seed, code))
    asked, fields = asked_on(ask(site, site.client(), "wang"))
    assert answer(site.client(), "wang", fields, device.sign(asked)).status_code == 422


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://staff.example.gov.cn", "staff.example.gov.cn"),
        ("https://staff.example.gov.cn:8443", "staff.example.gov.cn"),
        ("http://localhost:8001", "localhost"),
        ("http://staff.example.gov.cn", None),
        ("https://10.1.2.3", None),
        ("http://127.0.0.1:8001", None),
        ("https://[2001:db8::1]", None),
    ],
)
def test_where_browsers_make_them(url: str, host: str | None) -> None:
    found = site_of(url)
    assert (found.host if found else None) == host
    assert found is None or found.origin == url


def test_where_there_are_none_nothing_is_offered(tmp_path: Path) -> None:
    site = make_site(tmp_path, "http://127.0.0.1:8001")
    site.later(seconds=0)
    with site.stopped:
        site.add("wang")
        assert "通行密钥" not in site.client().get("/staff/sign-in").text
        client = site.signed_in("wang")
        page = client.get("/staff/account")
        assert "通行密钥" not in page.text
        token = {"csrf_token": token_on(page)}
        assert client.post("/staff/account/passkeys/new", data=token).status_code == 404
    site.database.engine.dispose()


@pytest.mark.parametrize("last", [PASSWORD, "another wrong one of these"])
def test_how_long_one_waits_doesnt_tell_a_right_password(site: Site, last: str) -> None:
    site.add("wang")
    site.later(seconds=1)
    client = site.client("10.0.0.9")
    tried = [*(f"wrong number {n} of these" for n in range(4)), last]
    assert [ask(site, client, "wang", one).status_code for one in tried] == [200] * 5
    assert ask(site, client, "wang", "wrong once more here").status_code == 429
