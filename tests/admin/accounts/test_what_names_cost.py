"""Nobody learns from what a refused sign-in costs whether somebody of that name works here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count

import pytest
from sqlalchemy import select

from admin.accounts.credential import Credential
from admin.accounts.password import hashed
from portal.foundation.staff import Staff
from tests.admin.accounts.site import OPEN_TOKEN, PASSWORD, Site
from tests.costs import apart, processor_seconds, statements


@pytest.fixture
def tries(site: Site) -> dict[str, Callable[[], None]]:
    """Each sort of name, tried by another client every time, and never so often that it waits."""
    for name in ("wang", "left", "unenrolled"):
        site.add(name)
    with site.database.writing() as session:
        ids = {one.name: one.id for one in session.scalars(select(Staff))}
        session.get_one(Credential, ids["wang"]).password_hash = hashed(PASSWORD)
        session.get_one(Credential, ids["left"]).password_hash = hashed(PASSWORD)
        session.get_one(Staff, ids["left"]).active = False
        session.get_one(Credential, ids["unenrolled"]).forget(site.now)
    addresses = count(1)

    def show(name: str, password: str) -> None:
        site.later(hours=1)
        at = next(addresses)
        client = site.client(f"127.0.{at // 250}.{at % 250 + 1}")
        typed = {"name": name, "password": password, "code": "000000", **OPEN_TOKEN}
        assert client.post("/staff/sign-in", data=typed).status_code == 422

    return {
        "wrong password": partial(show, "wang", "a wrong password of hers"),
        "wrong code": partial(show, "wang", PASSWORD),
        "unknown": partial(show, "nobody", PASSWORD),
        "left": partial(show, "left", PASSWORD),
        "unenrolled": partial(show, "unenrolled", PASSWORD),
    }


def test_every_name_asks_the_database_the_same(
    site: Site, tries: dict[str, Callable[[], None]]
) -> None:
    asked = {}
    for name, attempt in tries.items():
        with statements(site.database.engine) as said:
            attempt()
        asked[name] = said
    first = asked["wrong password"]
    assert any("staff_credential" in one for one in first)
    assert {name: said for name, said in asked.items() if said != first} == {}


def test_every_name_costs_the_same_time(tries: dict[str, Callable[[], None]]) -> None:
    costs = processor_seconds(tries, 12)
    assert apart(costs) < 1.5, costs
