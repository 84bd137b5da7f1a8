"""Signing in: one message for every failure, each code once, slow for guessers only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from admin.accounts.credential import Credential
from admin.accounts.sign_in import Proof, WrongSignIn, claim, sign_in
from admin.accounts.staff_session import StaffSession
from portal.foundation.staff import Staff
from tests.admin.accounts.site import OPEN_TOKEN, PASSWORD, Site, full_width, token_on


def sessions_kept(site: Site) -> int:
    with site.database.reading() as session:
        return session.scalar(select(func.count()).select_from(StaffSession)) or 0


def test_name_password_and_code_open_the_staff_site(site: Site) -> None:
    site.add("wang")
    client = site.client()
    answer = site.sign_in(client, "wang", name=f" {full_width('wang')} ")
    assert answer.status_code == 303
    assert answer.location == "/staff/"
    assert client.get("/staff/anybody").text.startswith("wang")


@pytest.mark.parametrize("wrong", ["name", "password", "code"])
def test_every_failure_says_the_same(site: Site, wrong: str) -> None:
    site.add("wang")
    answer = site.sign_in(site.client(), "wang", **{wrong: "000000"})
    assert answer.status_code == 422
    assert "登录名、密码或验证码不对" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert PASSWORD not in answer.text


def test_unknown_left_and_unenrolled_people_claim_nobody(site: Site) -> None:
    site.add("left")
    site.add("unenrolled")
    with site.database.writing() as session:
        session.scalars(select(Staff).where(Staff.name == "left")).one().active = False
        unenrolled = session.scalars(select(Staff).where(Staff.name == "unenrolled")).one()
        session.get_one(Credential, unenrolled.id).forget(site.now)
    with site.database.reading() as session:
        for name in ("nobody", "left", "unenrolled"):
            claimed = claim(session, name)
            assert claimed.staff_id is None
            # An unknown name goes the same way: a password is compared, and codes of a full seed.
            assert len(claimed.seed) == 20
            with pytest.raises(WrongSignIn):
                claimed.prove(password=PASSWORD, code="000000")


def test_a_code_works_once(site: Site) -> None:
    site.add("wang")
    assert site.sign_in(site.client(), "wang").status_code == 303
    again = {"name": "wang", "password": PASSWORD, "code": site.code("wang"), **OPEN_TOKEN}
    assert site.client().post("/staff/sign-in", data=again).status_code == 422
    older = {**again, "code": site.code("wang", step=-1)}
    assert site.client().post("/staff/sign-in", data=older).status_code == 422
    assert (
        site.client()
        .post("/staff/sign-in", data={**again, "code": site.code("wang", 1)})
        .status_code
        == 303
    )


def test_a_clock_that_was_set_back_shuts_nobody_out(site: Site) -> None:
    site.add("wang")
    site.later(days=1)
    assert site.sign_in(site.client(), "wang").status_code == 303
    site.later(minutes=-5)
    # A little back, as a clock that is set right may go: the code may have been used.
    assert site.sign_in(site.client(), "wang").status_code == 422
    site.later(days=-1)
    assert site.sign_in(site.client(), "wang").status_code == 303
    site.later(seconds=-30)
    assert site.sign_in(site.client(), "wang").status_code == 422


def test_twenty_at_once_with_one_code_make_one_sign_in(site: Site) -> None:
    site.add("wang")
    fields = {"name": "wang", "password": PASSWORD, "code": site.code("wang"), **OPEN_TOKEN}
    with site.database.reading() as session:
        claimed = claim(session, "wang")
    proof = claimed.prove(password=PASSWORD, code=fields["code"])

    def attempt(_: int) -> bool:
        try:
            with site.database.writing() as session:
                sign_in(session, proof)
        except WrongSignIn:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(attempt, range(20))) == 1
    assert sessions_kept(site) == 1


def test_twenty_posts_at_once_with_one_code_make_one_sign_in(site: Site) -> None:
    site.add("wang")
    fields = {"name": "wang", "password": PASSWORD, "code": site.code("wang"), **OPEN_TOKEN}
    with ThreadPoolExecutor(20) as pool:
        posts = pool.map(
            lambda _: site.client().post("/staff/sign-in", data=fields).status_code, range(20)
        )
        answers = list(posts)
    assert answers.count(303) == 1
    assert set(answers) <= {303, 422, 429}
    assert sessions_kept(site) == 1


def test_a_password_changed_meanwhile_voids_what_was_proved(site: Site) -> None:
    staff = site.add("wang")
    stale = Proof(staff_id=staff.id, password_hash="another hash", step=10**9)
    with pytest.raises(WrongSignIn), site.database.writing() as session:
        sign_in(session, stale)
    assert sessions_kept(site) == 0


def test_five_failures_delay_one_name_and_no_other(site: Site) -> None:
    site.add("wang")
    site.add("li")
    attacker = site.client("203.0.113.9")
    for _ in range(5):
        assert site.sign_in(attacker, "wang", password="wrong").status_code == 422
    refused = site.sign_in(site.client("198.51.100.7"), "wang")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert "试的次数太多了" in refused.text
    assert site.sign_in(site.client("203.0.113.9"), "li").status_code == 303
    site.later(minutes=11)
    assert site.sign_in(site.client(), "wang").status_code == 303


def test_unknown_names_are_delayed_like_known_ones(site: Site) -> None:
    site.add("wang")
    client = site.client()
    seen = {
        name: [site.sign_in(client, name, password="wrong").status_code for _ in range(6)]
        for name in ("wang", "nobody")
    }
    assert seen["wang"] == seen["nobody"] == [422] * 5 + [429]


def test_the_wait_grows_to_an_hour_and_no_further(site: Site) -> None:
    site.add("wang")
    client = site.client()
    for _ in range(2):
        for _ in range(5):
            assert site.sign_in(client, "wang", password="wrong").status_code == 422
        site.later(minutes=10)
    waiting = site.sign_in(client, "wang")
    assert waiting.status_code == 429
    assert 600 < int(waiting.headers["Retry-After"]) <= 3600
    site.later(hours=1)
    assert site.sign_in(client, "wang").status_code == 303


def test_thirty_failures_delay_one_client_and_no_other(site: Site) -> None:
    site.add("wang")
    attacker = site.client("203.0.113.9")
    for turn in range(30):
        fields = {"name": f"guess{turn}", "password": "wrong", "code": "000000", **OPEN_TOKEN}
        assert attacker.post("/staff/sign-in", data=fields).status_code == 422
    assert site.sign_in(attacker, "wang").status_code == 429
    assert site.sign_in(site.client("198.51.100.7"), "wang").status_code == 303


def test_successes_count_nothing(site: Site) -> None:
    site.add("wang")
    client = site.client()
    for _ in range(32):
        assert site.sign_in(client, "wang").status_code == 303
    assert sessions_kept(site) == 1


def test_a_sign_in_sent_from_another_site_is_refused(site: Site) -> None:
    site.add("wang")
    fields = {"name": "wang", "password": PASSWORD, "code": site.code("wang"), **OPEN_TOKEN}
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        assert site.client().post("/staff/sign-in", data=fields, headers=headers).status_code == 403
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert site.client().post("/staff/sign-in", data=fields, headers=own).status_code == 303


@pytest.mark.parametrize(
    "wanted",
    [
        "http://evil.example/",
        "//evil.example/",
        "/staff//evil.example",
        "/\\evil.example",
        "/staff/\\evil",
        "javascript:alert(1)",
        "/staff/a\r\nSet-Cookie: x=1",
        "/report",
        "/staff/汉",
        "/staffevil",
        "https:/staff/",
    ],
)
def test_a_sign_in_leads_to_this_site_only(site: Site, wanted: str) -> None:
    site.add("wang")
    answer = site.sign_in(site.client(), "wang", next=wanted)
    assert answer.status_code == 303
    assert answer.location == "/staff/"


def test_a_sign_in_leads_where_the_person_was_going(site: Site) -> None:
    site.add("wang")
    client = site.client()
    asked = client.get("/staff/anybody?tab=new&page=2")
    assert asked.status_code == 303
    page = client.get(asked.location)
    assert 'value="/staff/anybody?tab=new&amp;page=2"' in page.text
    answer = site.sign_in(client, "wang", next="/staff/anybody?tab=new&page=2")
    assert answer.location == "/staff/anybody?tab=new&page=2"
    assert client.get("/staff/sign-in").status_code == 303


def test_a_sign_in_needs_the_token_of_its_own_page(site: Site) -> None:
    site.add("wang")
    client = site.app.test_client()
    fields = {"name": "wang", "password": PASSWORD, "code": site.code("wang")}
    assert client.post("/staff/sign-in", data=fields).status_code == 400
    assert client.post("/staff/sign-in", data={**fields, **OPEN_TOKEN}).status_code == 400
    page = client.get("/staff/sign-in")
    again = {**fields, "csrf_token": token_on(page)}
    assert site.app.test_client().post("/staff/sign-in", data=again).status_code == 400
    cookie = client.get_cookie("hh_form")
    assert cookie is not None
    assert cookie.value not in page.text
    assert client.post("/staff/sign-in", data=again).status_code == 303


def test_a_browser_that_is_known_gets_in_while_others_guess(site: Site) -> None:
    """Guesses from elsewhere delay a person in browsers that nobody knows, and in no other."""
    site.add("wang")
    mine = site.signed_in("wang")
    for n in range(12):
        guess = site.client(f"10.9.0.{n}")
        site.sign_in(guess, "wang", password="a guess at it")
    assert site.sign_in(site.client("10.8.0.1"), "wang").status_code == 429
    assert site.sign_in(mine, "wang").status_code == 303


def test_a_known_browser_has_no_more_tries_than_a_name(site: Site) -> None:
    site.add("wang")
    mine = site.signed_in("wang")
    for _ in range(5):
        assert site.sign_in(mine, "wang", password="a guess at it").status_code == 422
    assert site.sign_in(mine, "wang").status_code == 429
    # Elsewhere he isn't delayed by it.
    assert site.sign_in(site.client("10.8.0.1"), "wang").status_code == 303


def test_a_browser_is_known_for_its_own_person_alone(site: Site) -> None:
    site.add("wang")
    site.add("li")
    mine = site.signed_in("wang")
    mark = mine.get_cookie("hh_known")
    assert mark is not None
    assert "wang" not in mark.value
    for forged in (mark.value, "x" * 22 + "." + "0" * 64, mark.value[:-1] + "0", ""):
        site.later(hours=2)
        for n in range(5):
            site.sign_in(site.client(f"10.9.0.{n}"), "li", password="a guess at it")
        other = site.client("10.8.0.1")
        other.set_cookie("hh_known", forged)
        assert site.sign_in(other, "li").status_code == 429, forged


def test_guesses_from_outside_dont_keep_the_signed_in_from_proving_again(site: Site) -> None:
    site.add("wang")
    mine = site.signed_in("wang")
    token = {"csrf_token": token_on(mine.get("/staff/account"))}
    site.later(minutes=15)
    for n in range(5):
        site.sign_in(site.client(f"10.9.0.{n}"), "wang", password="a guess at it")
    site.later(seconds=30)
    sent = {**token, "fresh_code": site.code("wang")}
    assert mine.post("/staff/account/end-other-sessions", data=sent).status_code == 303
