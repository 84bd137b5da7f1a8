"""The worker may be killed anywhere: nothing is lost, and nothing is sent twice that the provider
took."""

from __future__ import annotations

import signal
from multiprocessing.process import BaseProcess

import pytest

from intake.rules.sending import TextState
from tests.admin.outbox.conftest import PostRoom
from tests.admin.outbox.worker_round import begin_round, end_of
from tests.patience import PATIENCE
from tests.text_provider import Mood, TextProvider


def start_round(room: PostRoom) -> BaseProcess:
    """A worker of its own process."""
    settings = room.settings
    return begin_round(
        settings,
        room.now,
        TWILIO_ACCOUNT_SID=settings.twilio_account_sid,
        TWILIO_AUTH_TOKEN=settings.twilio_auth_token,
        TWILIO_NUMBER=settings.twilio_number,
        TWILIO_API_BASE=room.outside.url,
    )


@pytest.fixture
def killed_in_between(request: pytest.FixtureRequest, room_on_each_database: PostRoom) -> PostRoom:
    """A room whose worker was killed while it waited for the provider's answer."""
    room = room_on_each_database
    room.answered()
    room.outside.moods.append(request.param)
    worker = start_round(room)
    assert room.outside.called.wait(PATIENCE)
    worker.kill()
    assert end_of(worker) == -signal.SIGKILL
    room.outside.let_go.set()
    return room


@pytest.mark.parametrize(
    ("killed_in_between", "calls"),
    [
        pytest.param(Mood.HANG_AFTER_TAKING, ["send", "find"], id="after it was taken"),
        pytest.param(Mood.HANG_UNTAKEN, ["send", "find", "send"], id="before it was taken"),
    ],
    indirect=["killed_in_between"],
)
def test_killed_between_the_call_and_its_answer(
    killed_in_between: PostRoom, outside: TextProvider, calls: list[str]
) -> None:
    room = killed_in_between
    assert room.state() is TextState.UNKNOWN
    assert end_of(start_round(room)) == 0
    assert outside.calls == ["send"], "its lease isn't over"

    assert end_of(start_round(room.later(minutes=3))) == 0
    assert (room.state(), outside.calls) == (TextState.SENT, calls)
    assert len(outside.taken) == 1
