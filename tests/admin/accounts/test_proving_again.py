"""Before a grave act the second factor is proved anew, unless it was ten minutes ago or less."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from admin.accounts.grave import JUST_NOW
from admin.accounts.sessions import FRESH_FOR
from admin.accounts.staff_session import StaffSession
from portal.foundation import clock
from tests.admin.accounts.site import OPEN_TOKEN, PASSWORD, Site, token_on

OTHERS = "/staff/account/end-other-sessions"
TITLE = "请再填一次验证码"


def signed_in_long_ago(site: Site, name: str = "wang") -> tuple[FlaskClient, dict[str, str]]:
    client = site.signed_in(name)
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    site.later(seconds=FRESH_FOR.total_seconds() + 1)
    return client, token


def asked(answer: TestResponse) -> bool:
    return answer.status_code == 401 and TITLE in answer.text


def test_a_sign_in_counts_for_ten_minutes(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    site.later(seconds=FRESH_FOR.total_seconds())
    assert client.post(OTHERS, data=token).status_code == 303
    site.later(seconds=1)
    assert asked(client.post(OTHERS, data=token))


def test_without_a_proof_nothing_is_done_and_with_it_the_act_goes_on(site: Site) -> None:
    site.add("wang")
    other = site.signed_in("wang")
    client, token = signed_in_long_ago(site)
    page = client.post(OTHERS, data={**token, "words": ["第一段", "二"], "note": "a & <b>"})
    assert asked(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert other.get("/staff/anybody").status_code == 200
    form = page.text.partition("<main")[2]
    kept = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    assert kept == [
        ("csrf_token", token["csrf_token"]),
        ("words", "第一段"),
        ("words", "二"),
        ("note", "a &amp; &lt;b&gt;"),
    ]
    assert f'action="{OTHERS}"' in page.text
    answer = client.post(OTHERS, data={**token, "fresh_code": site.code("wang")})
    assert answer.status_code == 303
    assert other.get("/staff/anybody").status_code == 303
    assert client.get("/staff/anybody").status_code == 200


def test_a_proof_is_good_for_ten_minutes_more_and_changes_the_token(site: Site) -> None:
    site.add("wang")
    client, token = signed_in_long_ago(site)
    before = client.get_cookie("hh_staff")
    assert client.post(OTHERS, data={**token, "fresh_code": site.code("wang")}).status_code == 303
    after = client.get_cookie("hh_staff")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    site.later(minutes=9)
    assert client.post(OTHERS, data=token).status_code == 303
    former = site.client()
    former.set_cookie("hh_staff", before.value)
    assert former.get("/staff/anybody").status_code == 303
    site.later(minutes=2)
    assert asked(client.post(OTHERS, data=token))


def test_a_proof_doesnt_make_a_sign_in_last_longer(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    for _ in range(40):
        site.later(minutes=15)
        answer = client.post(OTHERS, data={**token, "fresh_code": site.code("wang")})
        if answer.status_code != 303:
            break
    with site.database.reading() as session:
        assert clock.now() >= session.scalars(select(StaffSession.expires_at)).one()


def test_a_code_that_was_used_proves_nothing(site: Site) -> None:
    site.add("wang")
    client, token = signed_in_long_ago(site)
    site.signed_in("wang")
    page = client.post(OTHERS, data={**token, "fresh_code": site.code("wang")})
    assert asked(page)
    assert "每个验证码只能用一次" in page.text
    assert "最多等30秒" in page.text


def test_wrong_codes_are_slowed_like_those_of_a_sign_in(site: Site) -> None:
    site.add("wang")
    client, token = signed_in_long_ago(site)
    for _ in range(5):
        assert asked(client.post(OTHERS, data={**token, "fresh_code": "000000"}))
    page = client.post(OTHERS, data={**token, "fresh_code": site.code("wang")})
    assert (page.status_code, "试的次数太多了" in page.text) == (429, True)


def test_pressed_twice_the_second_goes_on_too(site: Site) -> None:
    site.add("wang")
    client, token = signed_in_long_ago(site)
    before = client.get_cookie("hh_staff")
    assert before is not None
    sent = {**token, "handle": "0" * 16, "fresh_code": site.code("wang")}
    assert client.post("/staff/account/end-session", data=sent).status_code == 303
    second = site.client()
    second.set_cookie("hh_staff", before.value)
    assert second.post("/staff/account/end-session", data=sent).status_code == 303
    assert client.get("/staff/account").text.count("就是这里") == 1
    assert 'name="handle"' not in client.get("/staff/account").text


def test_the_former_token_does_nothing_grave_once_its_owner_proved_anew(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    # It's fresh still; what follows asks for a proof of its own.
    site.later(minutes=2)
    before = client.get_cookie("hh_staff")
    assert before is not None
    sent = {**token, "handle": "0" * 16, "fresh_code": site.code("wang")}
    assert client.post("/staff/account/password", data=sent).status_code == 422
    thief = site.client()
    thief.set_cookie("hh_staff", before.value)
    assert thief.get("/staff/account").status_code == 200
    assert asked(thief.post(OTHERS, data=token))
    assert asked(thief.post(OTHERS, data={**token, "fresh_code": "000000"}))
    assert client.post(OTHERS, data=token).status_code == 303


def test_one_code_makes_one_sign_in_fresh(site: Site) -> None:
    site.add("wang")
    clients = [site.signed_in("wang") for _ in range(6)]
    token = [{"csrf_token": token_on(one.get("/staff/account"))} for one in clients]
    site.later(seconds=FRESH_FOR.total_seconds() + 1)
    code = site.code("wang")

    def end_one(n: int) -> int:
        sent = {**token[n], "handle": "0" * 16, "fresh_code": code}
        return clients[n].post("/staff/account/end-session", data=sent).status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(end_one, range(6))) == [303, 401, 401, 401, 401, 401]


def test_a_moment_written_by_hand_proves_nothing(site: Site) -> None:
    site.add("wang")
    client, token = signed_in_long_ago(site)
    with site.database.writing() as session:
        session.execute(update(StaffSession).values(proved_at=clock.now()))
    assert asked(client.post(OTHERS, data=token))


@pytest.mark.parametrize(
    ("path", "done"), [("password", 422), ("passkeys/new", 200), ("passkeys/1/remove", 303)]
)
def test_what_changes_how_one_proves_oneself_asks_for_a_proof_of_its_own(
    site: Site, path: str, done: int
) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    site.later(seconds=JUST_NOW.total_seconds() + 1)
    page = client.post(f"/staff/account/{path}", data=token)
    assert asked(page)
    assert "每次都要填" in page.text
    sent = {**token, "fresh_code": site.code("wang")}
    assert client.post(f"/staff/account/{path}", data=sent).status_code == done
    site.later(seconds=JUST_NOW.total_seconds())
    assert client.post(f"/staff/account/{path}", data=token).status_code == done
    # Of other acts the proof is good for longer.
    site.later(seconds=1)
    assert asked(client.post(f"/staff/account/{path}", data=token))
    assert client.post(OTHERS, data=token).status_code == 303


def test_a_password_goes_with_its_code_in_one_form(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    page = client.get("/staff/account")
    assert 'name="fresh_code"' in page.text
    site.later(minutes=2)
    typed = {
        "csrf_token": token_on(page),
        "password": PASSWORD,
        "password_new": "绿色骆驼悄悄走下山坡去听风",
        "password_again": "绿色骆驼悄悄走下山坡去听风",
    }
    code = site.code("wang")
    wrong = client.post("/staff/account/password", data={**typed, "password": "x", **_code(code)})
    assert (wrong.status_code, code in wrong.text) == (422, False)
    site.later(minutes=2)
    sent = {**typed, **_code(site.code("wang"))}
    assert client.post("/staff/account/password", data=sent).status_code == 303


def _code(code: str) -> dict[str, str]:
    return {"fresh_code": code}


def test_passwords_arent_kept(site: Site) -> None:
    site.add("wang")
    client, token = signed_in_long_ago(site)
    typed = {"password": "one secret thing", "password_new": "another secret"}
    page = client.post("/staff/account/password", data={**token, **typed})
    assert asked(page)
    assert "密码要再填一次" in page.text
    assert "secret" not in page.text


def test_a_neighbour_behind_the_same_address_shuts_nobody_out(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    token = {"csrf_token": token_on(client.get("/staff/account"))}
    site.later(seconds=FRESH_FOR.total_seconds() + 1)
    for n in range(30):
        wrong = {"name": f"nobody{n}", "password": "x", "code": "1", **OPEN_TOKEN}
        site.client().post("/staff/sign-in", data=wrong)
    assert site.sign_in(site.client(), "wang").status_code == 429
    sent = {**token, "fresh_code": site.code("wang")}
    assert client.post("/staff/account/end-other-sessions", data=sent).status_code == 303
    assert site.sign_in(client, "wang").status_code == 303
