"""`staff add` and `staff code`: a link, a code, or one line and exit status 2."""

from __future__ import annotations

import re

import pytest
from click.testing import Result
from sqlalchemy import select

from admin.accounts.add_staff import RealPerson
from admin.accounts.sample_staff import add_sample_staff
from portal.foundation.staff import Role, Staff
from tests.admin.accounts.site import OPEN_TOKEN, PASSWORD, PASSWORD_HASH, Site


def run(site: Site, *words: str) -> Result:
    return site.app.test_cli_runner().invoke(args=["staff", *words])


def add_sample(site: Site, name: str) -> None:
    with site.database.writing() as session:
        add_sample_staff(
            session,
            name=name,
            display_name="样例",
            posts=[("MZ", Role.OFFICER)],
            password_hash=PASSWORD_HASH,
        )


@pytest.mark.parametrize("unit", ["MZ", "区民政局", " 区民政局 "])
def test_add_prints_a_link_that_opens(site: Site, unit: str) -> None:
    done = run(site, "add", "wang", "--unit", unit, "--role", "officer", "--display", "王科")
    assert done.exit_code == 0
    link = re.fullmatch(r"http://localhost(/staff/enrol/\d+\.[\w-]{43})\n", done.stdout)
    assert link
    assert "王科" in site.client().get(link.group(1)).text


def test_adding_again_adds_a_post_and_ends_the_sign_ins(site: Site) -> None:
    site.add("wang", ("MZ", Role.OFFICER))
    site.add("li")
    client, noise = site.signed_in("wang"), site.signed_in("li")
    assert run(site, "add", "wang", "--unit", "MZ", "--role", "officer").exit_code == 0
    assert client.get("/staff/anybody").status_code == 200
    assert run(site, "add", "wang", "--unit", "OF", "--role", "office-head").exit_code == 0
    assert client.get("/staff/anybody").status_code == 303
    assert noise.get("/staff/anybody").status_code == 200
    with site.database.reading() as session:
        wang = session.scalars(select(Staff).where(Staff.name == "wang")).one()
    assert {(post.unit_code, post.role) for post in wang.posts} == {
        ("MZ", Role.OFFICER),
        ("OF", Role.OFFICE_HEAD),
    }
    # Until the new link is used, the password he has goes on.
    assert site.sign_in(site.client(), "wang").status_code == 303


@pytest.mark.parametrize(
    "words",
    [
        ("add", "wang", "--unit", "没有这个单位", "--role", "officer"),
        ("add", "wang", "--unit", "MZ", "--role", "king"),
        ("add", "wang", "--unit", "MZ", "--role", "checker"),
        ("add", "  ", "--unit", "MZ", "--role", "officer"),
        ("code", "nobody"),
        ("code", "real"),
        ("add", "real", "--unit", "MZ", "--role", "officer", "--sample"),
    ],
)
def test_a_refusal_is_one_line_and_changes_nothing(site: Site, words: tuple[str, ...]) -> None:
    site.add("real")
    done = run(site, *words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    with site.database.reading() as session:
        assert session.scalars(select(Staff.name)).all() == ["real"]
        assert not session.scalars(select(Staff.sample)).one()


def test_a_sample_person_signs_in_with_the_code_of_the_command(site: Site) -> None:
    add_sample(site, "sample")
    for _ in range(2):
        code = run(site, "code", "sample").stdout.strip()
        fields = {"name": "sample", "password": PASSWORD, "code": code, **OPEN_TOKEN}
        assert site.client().post("/staff/sign-in", data=fields).status_code == 303
    add_sample(site, "sample")
    site.later(minutes=1)
    fields["code"] = run(site, "code", "sample").stdout.strip()
    assert site.client().post("/staff/sign-in", data=fields).status_code == 303


def test_a_real_person_never_becomes_a_sample(site: Site) -> None:
    site.add("real")
    with pytest.raises(RealPerson):
        add_sample(site, "real")
