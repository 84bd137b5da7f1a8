"""The one-time link: who opens it sees a seed of his own, once, and nobody sees anybody else's."""

from __future__ import annotations

import base64
import re

from sqlalchemy import select

from admin.accounts import second_factor
from admin.accounts.add_staff import add_staff
from admin.accounts.credential import Credential
from portal.foundation.staff import Role, Staff
from tests.admin.accounts.site import OPEN_TOKEN, PASSWORD, Site


def link_for(site: Site, name: str) -> str:
    with site.database.writing() as session:
        token = add_staff(session, name=name, display_name=name, posts=[("MZ", Role.OFFICER)])
    return f"/staff/enrol/{token}"


def seed_on(page: str) -> bytes:
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert key
    return base64.b32decode(key.group(1).replace(" ", ""))


def offered_on(page: str) -> str:
    found = re.search(r'name="offered"[^>]*value="([^"]+)"', page)
    assert found
    return found.group(1)


def typed(site: Site, page: str, **other: str) -> dict[str, str]:
    code = second_factor.code_of(seed_on(page), second_factor.step_at(site.now))
    return {
        "offered": offered_on(page),
        "code": code,
        "password": PASSWORD,
        "password_again": PASSWORD,
        **OPEN_TOKEN,
        **other,
    }


def test_a_link_sets_password_and_codes_and_signs_in(site: Site) -> None:
    link, client = link_for(site, "wang"), site.client()
    page = client.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert "<svg" in page.text
    assert "style=" not in page.text
    answer = client.post(link, data=typed(site, page.text))
    assert answer.status_code == 303
    assert client.get("/staff/anybody").text.startswith("wang")
    site.seeds["wang"] = seed_on(page.text)
    assert site.sign_in(site.client(), "wang").status_code == 303


def test_the_code_of_the_enrolment_is_used_up(site: Site) -> None:
    link, client = link_for(site, "wang"), site.client()
    fields = typed(site, client.get(link).text)
    client.post(link, data=fields)
    again = {"name": "wang", "password": PASSWORD, "code": fields["code"], **OPEN_TOKEN}
    assert site.client().post("/staff/sign-in", data=again).status_code == 422


def test_a_link_works_once_and_for_48_hours(site: Site) -> None:
    link = link_for(site, "wang")
    fields = typed(site, site.client().get(link).text)
    assert site.client().post(link, data=fields).status_code == 303
    assert site.client().get(link).status_code == 404
    assert site.client().post(link, data=fields).status_code == 404
    late = link_for(site, "li")
    site.later(hours=48)
    assert site.client().get(late).status_code == 404
    assert site.client().get("/staff/enrol/never-was-one").text == site.client().get(late).text


def test_a_newer_link_voids_the_older(site: Site) -> None:
    older, newer = link_for(site, "wang"), link_for(site, "wang")
    assert site.client().get(older).status_code == 404
    assert site.client().get(newer).status_code == 200


def test_whoever_else_opens_the_link_sees_another_seed(site: Site) -> None:
    link = link_for(site, "wang")
    owner, printer = site.client().get(link).text, site.client().get(link).text
    assert seed_on(owner) != seed_on(printer)
    with site.database.reading() as session:
        assert session.scalars(select(Credential)).one().totp_seed is None
    site.client().post(link, data=typed(site, owner))
    site.seeds["wang"] = seed_on(printer)
    assert site.sign_in(site.client(), "wang").status_code == 422


def test_what_was_wrong_is_said_and_the_seed_stays_on_the_page(site: Site) -> None:
    link, client = link_for(site, "wang"), site.client()
    page = client.get(link).text
    for wrong, words in (
        ({"code": "000000"}, "验证码不对"),
        ({"code": ""}, "请填写6位验证码"),
        ({"password": "password1234", "password_again": "password1234"}, "太容易猜"),
        ({"password_again": "other"}, "两次写的密码不一样"),
    ):
        answer = client.post(link, data=typed(site, page, **wrong))
        assert answer.status_code == 422
        assert words in answer.text
        assert PASSWORD not in answer.text
        assert seed_on(answer.text) == seed_on(page)
    assert client.post(link, data=typed(site, page)).status_code == 303


def test_a_seed_of_another_link_or_a_made_up_one_is_not_taken(site: Site) -> None:
    mine, hers = link_for(site, "wang"), link_for(site, "li")
    page = site.client().get(mine).text
    for offered in (offered_on(site.client().get(hers).text), "AAAA", "not base64!", ""):
        answer = site.client().post(mine, data=typed(site, page, offered=offered))
        assert answer.status_code == 422
    assert site.client().post(mine, data=typed(site, page, csrf_token="")).status_code == 400
    evil = {"Origin": "http://evil.example"}
    assert site.client().post(mine, data=typed(site, page), headers=evil).status_code == 403


def test_the_stored_seed_is_sealed_for_its_person(site: Site) -> None:
    link = link_for(site, "wang")
    page = site.client().get(link).text
    site.client().post(link, data=typed(site, page))
    with site.database.reading() as session:
        stored = session.scalars(select(Credential)).one()
    assert stored.totp_seed is not None
    assert seed_on(page) not in stored.totp_seed
    assert stored.enrolment_hash is None


def test_a_new_enrolment_ends_the_old_sign_ins_and_the_old_codes(site: Site) -> None:
    site.add("wang")
    client, link = site.signed_in("wang"), link_for(site, "wang")
    assert client.get("/staff/anybody").status_code == 200
    page = site.client().get(link).text
    site.client().post(link, data=typed(site, page))
    assert client.get("/staff/anybody").status_code == 303
    assert site.sign_in(site.client(), "wang").status_code == 422


def test_who_comes_back_has_to_enrol_anew(site: Site) -> None:
    site.add("wang")
    with site.database.writing() as session:
        session.scalars(select(Staff)).one().active = False
    link = link_for(site, "wang")
    assert site.sign_in(site.client(), "wang").status_code == 422
    assert site.client().get(link).status_code == 200
