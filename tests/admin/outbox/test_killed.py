"""The worker may be killed anywhere: nothing is lost, and nothing is sent twice that the provider
took."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from intake.rules.sending import TextState
from tests.admin.outbox.conftest import PostRoom
from tests.patience import PATIENCE
from tests.running import ROOT
from tests.text_provider import Mood, TextProvider

# The worker's own round, at a moment of the test's choice.
ROUND = """
import os
from datetime import datetime
from admin.system.run_log import RunLog
from admin.system.worker import do_round, jobs
from portal.foundation import clock
from portal.foundation.settings import Settings
from wsgi import create_app

settings = Settings.from_environment(os.environ)
database = create_app(settings).extensions["database"]
with clock.stopped_at(datetime.fromisoformat(os.environ["NOW"])):
    do_round(database, jobs(settings), RunLog())
"""


def start_round(room: PostRoom) -> subprocess.Popen[bytes]:
    """A worker of its own process."""
    settings = room.settings
    environ = os.environ | {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": "" if settings.is_sqlite else settings.database_url,
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
        "TWILIO_NUMBER": settings.twilio_number,
        "TWILIO_API_BASE": room.outside.url,
        "NOW": room.now.isoformat(),
    }
    return subprocess.Popen([sys.executable, "-c", ROUND], cwd=ROOT, env=environ)


@pytest.fixture
def killed_in_between(request: pytest.FixtureRequest, room_on_each_database: PostRoom) -> PostRoom:
    """A room whose worker was killed while it waited for the provider's answer."""
    room = room_on_each_database
    room.answered()
    room.outside.moods.append(request.param)
    worker = start_round(room)
    assert room.outside.called.wait(PATIENCE)
    worker.kill()
    worker.wait(PATIENCE)
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
    assert start_round(room).wait(PATIENCE) == 0
    assert outside.calls == ["send"], "its lease isn't over"

    assert start_round(room.later(minutes=3)).wait(PATIENCE) == 0
    assert (room.state(), outside.calls) == (TextState.SENT, calls)
    assert len(outside.taken) == 1
