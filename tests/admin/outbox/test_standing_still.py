"""Whoever runs the system hears that texts stand still."""

from __future__ import annotations

from admin.system.doctor import findings
from intake.outbox.standing_still import state_of_outbox
from portal.foundation import clock
from tests.admin.outbox.conftest import PostRoom


def outbox(room: PostRoom) -> str:
    with clock.stopped_at(room.now), room.house.deployment.database.reading() as session:
        return state_of_outbox(session)


def test_a_worker_that_doesn_t_run_is_seen(room: PostRoom) -> None:
    room.answered()
    assert outbox(room) == "ok"
    room.later(hours=2)
    assert outbox(room) == "texts stand still"
    with clock.stopped_at(room.now), room.house.deployment.database.reading() as session:
        assert any("flask worker" in one.english for one in findings(session, room.settings))
    room.send()
    assert outbox(room) == "ok"


def test_what_waits_for_the_morning_stands_not_still(room: PostRoom) -> None:
    room.later(hours=8)
    room.answered()
    assert outbox(room.later(hours=5)) == "ok"
    assert outbox(room.later(hours=10, minutes=30)) == "ok"
    assert outbox(room.later(hours=1)) == "texts stand still"


def test_readyz_says_so(room: PostRoom) -> None:
    room.answered()
    with clock.stopped_at(room.later(hours=2).now):
        said = room.house.deployment.citizen().get("/readyz").get_json()
    assert said["outbox"] == "texts stand still"
