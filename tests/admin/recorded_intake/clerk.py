"""What a clerk does in his browser, and the holder of the receipt in his."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.admin.desk.people import Desks
from tests.intake.pages.journey import Page, opened
from tests.pages.markup import findings

SAID = "我妈的高龄津贴三个月没发了，问了社区两次"


def form(desks: Desks, name: str = "clerk", channel: str = "telephone") -> Page:
    """The empty form."""
    return sound(opened(desks.get(name, f"/staff/recorded/new?channel={channel}")))


def post(desks: Desks, name: str, channel: str, fields: dict[str, str], **typed: str) -> Page:
    """Send the form. `step` presses a button."""
    path = f"/staff/recorded/new?channel={channel}"
    return sound(opened(desks.at(name).post(path, data=fields | typed)))


def check(desks: Desks, name: str = "clerk", channel: str = "telephone", **typed: str) -> Page:
    """The page whose words are read back."""
    typed.setdefault("words", SAID)
    return post(desks, name, channel, form(desks, name, channel).fields, **typed, step="check")


def record(desks: Desks, name: str = "clerk", channel: str = "telephone", **typed: str) -> Page:
    """The receipt of what somebody says."""
    read_back = check(desks, name, channel, **typed)
    assert read_back.status == 200, read_back.text
    receipt = post(desks, name, channel, read_back.fields, step="register")
    assert receipt.status == 200, receipt.text
    return receipt


def own_entries(desks: Desks, name: str, query: str = "") -> list[str]:
    """The numbers on a page of somebody's list."""
    page = sound(opened(desks.get(name, f"/staff/recorded{query}")))
    return re.findall(r'href="/staff/recorded/([A-Z0-9]+)"', page.main)


def sound(page: Page) -> Page:
    """The page, once its markup was looked at."""
    found = findings(page.html)
    assert found == [], found
    return page


def show(client: FlaskClient, code: str) -> Page:
    """Show a code on the public site."""
    return sound(opened(client.post("/progress", data={"query_code": code})))


def ask_for_new(client: FlaskClient, page: Page) -> Page:
    """Press the button for a new code."""
    return sound(opened(client.post("/progress/code", data=page.fields)))


def confirm(client: FlaskClient, page: Page) -> Page:
    """Say that the new code is written down."""
    return sound(opened(client.post("/progress/code", data={**page.fields, "confirmed": "yes"})))


def new_code(page: Page) -> str:
    """The code that a page shows."""
    found = re.search(r'data-query-code="([^"]*)"', page.html)
    assert found, page.text
    return found[1]


def changed(client: FlaskClient, code: str) -> str:
    """Change a code; returns the new one."""
    asked = ask_for_new(client, show(client, code))
    assert confirm(client, asked).status == 200
    return new_code(asked)
