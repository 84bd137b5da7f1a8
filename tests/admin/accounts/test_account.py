"""One's own account: sign-out, devices, a new password, and that each ends what it should."""

from __future__ import annotations

import re

from portal.foundation.staff import Role
from tests.admin.accounts.site import PASSWORD, Site, token_on

NEW = "七只绿鹦鹉在屋檐下数星星"


def test_signing_out_ends_the_session_for_good(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    cookie = client.get_cookie("hh_staff")
    assert cookie is not None
    answer = client.post(
        "/staff/sign-out", data={"csrf_token": token_on(client.get("/staff/account"))}
    )
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get_cookie("hh_staff") is None
    client.set_cookie("hh_staff", cookie.value)
    assert client.get("/staff/anybody").status_code == 303


def test_the_account_shows_person_posts_and_places(site: Site) -> None:
    site.add("wang", ("MZ", Role.OFFICER), ("OF", Role.OFFICE_HEAD))
    site.signed_in("wang")
    page = site.signed_in("wang").get("/staff/account")
    assert page.headers["Cache-Control"] == "no-store"
    for words in (
        "wang同志",
        "区民政局",
        "经办人",
        "领导小组办公室负责人",
        "就是这里",
        "退出其他地方的登录",
    ):
        assert words in page.text
    assert page.text.count("就是这里") == 1


def test_ending_one_session_leaves_the_others(site: Site) -> None:
    site.add("wang")
    one, two, three = (site.signed_in("wang") for _ in range(3))
    page = three.get("/staff/account")
    handles = re.findall(r'name="handle"\s+value="([0-9a-f]{16})"', page.text)
    assert len(handles) == 2
    sent = {"csrf_token": token_on(page), "handle": handles[0]}
    assert three.post("/staff/account/end-session", data=sent).status_code == 303
    open_ones = [client.get("/staff/anybody").status_code for client in (one, two, three)]
    assert sorted(open_ones) == [200, 200, 303]
    assert open_ones[2] == 200


def test_nobody_ends_another_person_s_session(site: Site) -> None:
    site.add("wang")
    site.add("li")
    site.signed_in("wang")
    wang = site.signed_in("wang")
    handle = re.findall(r'name="handle"\s+value="([0-9a-f]{16})"', wang.get("/staff/account").text)[
        0
    ]
    li = site.signed_in("li")
    sent = {"csrf_token": token_on(li.get("/staff/account")), "handle": handle}
    li.post("/staff/account/end-session", data=sent)
    assert handle in wang.get("/staff/account").text


def test_ending_all_others_keeps_this_one(site: Site) -> None:
    site.add("wang")
    site.add("li")
    other, here, noise = site.signed_in("wang"), site.signed_in("wang"), site.signed_in("li")
    sent = {"csrf_token": token_on(here.get("/staff/account"))}
    answer = here.post("/staff/account/end-other-sessions", data=sent)
    assert "其他地方的登录都已退出" in here.get(answer.location).text
    assert other.get("/staff/anybody").status_code == 303
    assert noise.get("/staff/anybody").status_code == 200


def test_a_new_password_ends_every_session_and_changes_this_one_s_token(site: Site) -> None:
    site.add("wang")
    other, here = site.signed_in("wang"), site.signed_in("wang")
    before = here.get_cookie("hh_staff")
    sent = {
        "csrf_token": token_on(here.get("/staff/account")),
        "password": PASSWORD,
        "password_new": NEW,
        "password_again": NEW,
    }
    answer = here.post("/staff/account/password", data=sent)
    assert answer.status_code == 303
    after = here.get_cookie("hh_staff")
    assert before is not None
    assert after is not None
    assert after.value != before.value
    assert here.get("/staff/anybody").status_code == 200
    assert other.get("/staff/anybody").status_code == 303
    assert site.sign_in(site.client(), "wang").status_code == 422
    assert site.sign_in(site.client(), "wang", password=NEW).status_code == 303


def test_a_new_password_needs_the_present_one_and_must_do(site: Site) -> None:
    site.add("wang")
    client = site.signed_in("wang")
    token = token_on(client.get("/staff/account"))

    def attempt(present: str, new: str, again: str) -> tuple[int, str]:
        fields = {"password": present, "password_new": new, "password_again": again}
        answer = client.post("/staff/account/password", data={**fields, "csrf_token": token})
        return answer.status_code, answer.text

    assert attempt(PASSWORD, "password1234", "password1234")[0] == 422
    assert "两次写的密码不一样" in attempt(PASSWORD, NEW, NEW + "x")[1]
    for _ in range(5):
        assert "现在的密码不对" in attempt("wrong", NEW, NEW)[1]
    assert "试的次数太多了" in attempt(PASSWORD, NEW, NEW)[1]


def test_passwords_are_hidden_and_left_to_managers(site: Site) -> None:
    site.add("wang")
    pages = (site.client().get("/staff/sign-in"), site.signed_in("wang").get("/staff/account"))
    fields = [
        found for page in pages for found in re.findall(r"<input[^>]*password[^>]*>", page.text)
    ]
    assert len(fields) == 4
    for one in fields:
        assert 'type="password"' in one
        assert re.search(r'autocomplete="(current|new)-password"', one)
        assert "maxlength" not in one


def test_a_password_never_grows_too_old(site: Site) -> None:
    site.add("wang")
    site.later(days=800)
    assert site.sign_in(site.client(), "wang").status_code == 303
