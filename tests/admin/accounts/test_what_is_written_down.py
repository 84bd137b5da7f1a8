"""Each proof of who somebody is leaves a trace, and so does each that fails, with what it was."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.cases.event import Event
from tests.admin.accounts.site import OPEN_TOKEN, Site
from tests.admin.accounts.test_passkeys import answer, ask, asked_on, with_passkey
from tests.admin.accounts.test_proving_again import OTHERS, signed_in_long_ago


def ways(site: Site) -> list[tuple[str, str]]:
    with site.database.reading() as session:
        wanted = select(Event).where(Event.name.in_(("signed_in", "proved_again")))
        found = session.scalars(wanted.order_by(Event.seq))
        return [(one.name, one.facts["way"]) for one in found]


def test_what_fits_is_an_event(site: Site) -> None:
    site.add("wang")
    device = with_passkey(site)
    client = site.client()
    asked, fields = asked_on(ask(site, client, "wang"))
    assert answer(client, "wang", fields, device.sign(asked)).status_code == 303
    client, token = signed_in_long_ago(site)
    assert client.post(OTHERS, data={**token, "fresh_code": site.code("wang")}).status_code == 303
    site.later(minutes=11)
    asked, fields = asked_on(client.post(OTHERS, data=token))
    sent = {**token, **fields, "passkey_answer": device.sign(asked)}
    assert client.post(OTHERS, data=sent).status_code == 303
    assert ways(site) == [
        ("signed_in", "code"),
        ("signed_in", "passkey"),
        ("signed_in", "code"),
        ("proved_again", "code"),
        ("proved_again", "passkey"),
    ]


def test_what_doesnt_fit_is_a_line_without_a_name(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    wang = site.add("wang")
    client, token = signed_in_long_ago(site)
    client.post(OTHERS, data={**token, "fresh_code": "000000"})
    for name in ("wang", "somebody-else"):
        typed = {"name": name, "password": "not it at all", "code": "000000", **OPEN_TOKEN}
        site.client().post("/staff/sign-in", data=typed)
    ask(site, site.client(), "wang", "not it at all")
    assert [one.getMessage() for one in caplog.records if one.name == "huimin"] == [
        f"proof refused: staff {wang.id}, by code",
        f"proof refused: staff {wang.id}, by password and code",
        "proof refused: staff unknown, by password and code",
        f"proof refused: staff {wang.id}, by password",
    ]
