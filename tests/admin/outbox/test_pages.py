"""The system's administrator deals with texts that didn't arrive, and learns nothing of anybody."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from intake.rules.sending import TextState
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.outbox.conftest import PostRoom
from tests.pages.checks import check_html
from tests.text_provider import Refusal, TextProvider

TEXTS = "/staff/system/texts"


@pytest.fixture
def administrator(room: PostRoom) -> FlaskClient:
    room.house.deployment.add_staff("xi", ("BGS", Role.SYSTEM_ADMIN))
    return room.house.browser("xi")


@pytest.fixture
def lost(room: PostRoom, outside: TextProvider) -> str:
    """A text that didn't go out; returns the number of its case."""
    number = room.answered()
    outside.moods.append(Refusal(400, "21211"))
    room.send()
    return number


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    assert not check_html(answer.text, thorough=False)
    return answer.text


def address_of_one(client: FlaskClient) -> str:
    found = re.search(rf'href="({TEXTS}/[0-9a-f]+)"', page(client, TEXTS))
    assert found
    return found[1]


def deal(room: PostRoom, path: str, **typed: str) -> int:
    with clock.stopped_at(room.now):
        # Signed in then, and not years later.
        room.house.browsers.pop("xi", None)
        return room.house.post("xi", path, **typed).status_code


def test_the_list_names_nobody(room: PostRoom, administrator: FlaskClient, lost: str) -> None:
    listed = page(administrator, TEXTS)
    for there in ("有答复了", "没有发成", "21211", "6月15日"):
        assert there in listed
    detail = page(administrator, address_of_one(administrator))
    for secret in (lost, "13907123456", "万秋月", "区民政局"):
        assert secret not in listed + detail


def test_sending_it_again(room: PostRoom, administrator: FlaskClient, lost: str) -> None:
    before = room.text().reference
    path = address_of_one(administrator)
    assert deal(room, path, what="again", reason="provider_mended") == 303
    assert room.state() is TextState.WAITING
    assert room.text().reference != before
    room.send()
    assert room.state() is TextState.SENT
    assert "text_sent_again replied provider_mended" in room.said()


def test_letting_it_go(room: PostRoom, administrator: FlaskClient, lost: str) -> None:
    path = address_of_one(administrator)
    assert deal(room, path, what="let-go", reason="number_is_wrong") == 303
    assert (room.state(), room.text().sealed) == (TextState.LET_GO, None)
    assert "没有。发不成的会排在这里" in page(administrator, TEXTS)
    assert deal(room, path, what="again", reason="once_more") == 404


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"what": "again"},
        {"what": "again", "reason": "too_late"},
        {"what": "burn", "reason": "too_late"},
    ],
)
def test_a_choice_that_doesn_t_fit_is_asked_again(
    room: PostRoom, administrator: FlaskClient, lost: str, typed: dict[str, str]
) -> None:
    assert deal(room, address_of_one(administrator), **typed) == 422
    assert room.state() is TextState.DEAD


def test_nobody_else_finds_the_pages(room: PostRoom, lost: str) -> None:
    for name in ("chen", "lu", "min", "shen"):
        room.house.get(name, TEXTS, 404)
        room.house.get(name, f"{TEXTS}/{room.text().reference}", 404)


def test_the_empty_page_says_what_will_be_there(room: PostRoom, administrator: FlaskClient) -> None:
    assert "还没有要发的" in page(administrator, TEXTS)
    page(administrator, f"{TEXTS}/{'0' * 32}", 404)
