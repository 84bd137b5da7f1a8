"""Texts go out once, whatever the provider does."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from admin.outbox.gateway_sender import GatewaySender
from admin.outbox.nobody import Nobody
from intake.rules.sending import MOST_TRIES, TextState
from portal.foundation import clock
from tests.admin.outbox.conftest import MORNING, TIMEOUT, PostRoom
from tests.text_provider import Mood, Refusal, TextProvider

SATURDAY = datetime(2022, 6, 18, 2, tzinfo=UTC)


def test_an_answer_is_told_by_text(room_on_each_database: PostRoom, outside: TextProvider) -> None:
    room = room_on_each_database
    number = room.answered()
    assert room.send() == 1
    (sent,) = outside.taken
    assert sent["to"] == "+8613907123456"
    assert sent["body"].startswith(f"编号{number}有答复了。")
    assert sent["status_callback"].endswith(f"/sms/twilio/status?text={room.text().reference}")
    text = room.text()
    assert (text.state, text.tries, text.provider) == (TextState.SENT, 1, "twilio")
    assert text.provider_id == sent["sid"]
    assert room.said() == ["text_sent replied"]
    assert room.later(hours=1).send() == 0


def test_two_workers_send_each_text_once(
    room_on_each_database: PostRoom, outside: TextProvider
) -> None:
    room = room_on_each_database
    for submission in range(4):
        room.answered(submission=f"two workers {submission}")
    with clock.stopped_at(room.now):
        hands = [threading.Thread(target=room.send) for _ in range(2)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    assert len(set(outside.bodies)) == len(outside.bodies) == 4


@pytest.mark.parametrize("mood", [Mood.DROP_AFTER_TAKING, Mood.BABBLE, Mood.HANG_AFTER_TAKING])
def test_taken_without_an_answer_is_looked_up_and_not_sent_again(
    room_on_each_database: PostRoom, outside: TextProvider, mood: Mood
) -> None:
    room = room_on_each_database
    room.answered()
    outside.moods.append(mood)
    assert room.send() == 1
    assert room.state() is TextState.UNKNOWN
    assert room.send() == 0
    assert room.later(minutes=5).send() == 1
    assert (room.state(), outside.calls) == (TextState.SENT, ["send", "find"])
    assert len(outside.taken) == 1


@pytest.mark.parametrize("mood", [Mood.TAKE, Mood.DROP_AFTER_TAKING, Mood.DROP_UNTAKEN])
def test_a_clock_that_was_set_back_keeps_nothing_for_a_day_and_sends_nothing_twice(
    room_on_each_database: PostRoom, outside: TextProvider, mood: Mood
) -> None:
    room = room_on_each_database
    room.later(days=1).answered()
    if mood is not Mood.TAKE:
        outside.moods.append(mood)
        room.send()
    room.later(days=-1)
    if outside.taken:
        # By his own clock, which was right.
        outside.taken[0]["date_created"] = format_datetime(room.now)
    assert room.send() == 0
    room.later(minutes=3).send()
    assert room.state() is TextState.SENT
    assert len(outside.taken) == 1


@pytest.mark.parametrize("mood", [Mood.DROP_UNTAKEN, Mood.HANG_UNTAKEN, Refusal(502, "0")])
def test_lost_on_the_way_is_looked_up_and_sent_again(
    room: PostRoom, outside: TextProvider, mood: Mood | Refusal
) -> None:
    room.answered()
    outside.moods.append(mood)
    room.send()
    assert room.state() is TextState.UNKNOWN
    assert room.later(minutes=5).send() == 2
    assert (room.state(), outside.calls) == (TextState.SENT, ["send", "find", "send"])
    assert len(outside.taken) == 1


def test_the_same_words_of_another_message_are_not_taken_for_it(
    room: PostRoom, outside: TextProvider
) -> None:
    """The reporter was asked twice, in the same words: the second got no answer and was lost."""
    with clock.stopped_at(room.now):
        number = room.house.case()
    room.ask(number, "哪家银行？")
    room.send()
    room.ask(number, "哪张卡？")
    outside.moods.append(Mood.DROP_UNTAKEN)
    room.send()
    assert room.later(minutes=5).send() == 2
    assert [one.state for one in room.texts()] == [TextState.SENT] * 2
    assert len(outside.taken) == 2
    assert len(set(outside.bodies)) == 1


@pytest.mark.parametrize("code", ["21211", "21614", "21408"])
def test_what_will_never_go_out_is_given_up_at_once(
    room: PostRoom, outside: TextProvider, code: str
) -> None:
    room.answered()
    outside.moods.append(Refusal(400, code))
    room.send()
    assert (room.state(), room.text().error_code) == (TextState.DEAD, code)
    assert room.said() == ["text_reported replied dead"]
    assert room.later(days=5).send() == 0


def test_who_stopped_at_the_provider_is_not_texted_again(
    room: PostRoom, outside: TextProvider
) -> None:
    number = room.answered()
    outside.moods.append(Refusal(400, "21610"))
    room.send()
    assert room.state() is TextState.STOPPED
    room.close(number)
    assert len(room.texts()) == 1


@pytest.mark.parametrize(
    "refusal", [Refusal(429, "20429"), Refusal(503, "0"), Refusal(401, "20003")]
)
def test_what_may_go_out_later_is_tried_again_after_growing_pauses(
    room: PostRoom, outside: TextProvider, refusal: Refusal
) -> None:
    room.answered()
    outside.moods.extend([refusal] * 3)
    waits = []
    for _ in range(3):
        room.send()
        waits.append(room.text().next_at - room.now)
        room.now = room.text().next_at
    assert waits == [timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=16)]
    room.send()
    assert (room.state(), len(outside.taken)) == (TextState.SENT, 1)


def test_it_comes_to_an_end(room: PostRoom, outside: TextProvider) -> None:
    room.answered()
    outside.moods.extend([Refusal(503, "busy")] * 20)
    for _ in range(30):
        room.send()
        room.later(hours=7)
    assert (room.state(), room.text().tries) == (TextState.DEAD, MOST_TRIES)
    assert outside.taken == []


def test_who_never_answers_leaves_it_with_somebody(room: PostRoom, outside: TextProvider) -> None:
    """What may have been taken is never sent again on the guess that it wasn't."""
    room.answered()
    outside.moods.append(Mood.DROP_AFTER_TAKING)
    outside.look_up_moods.extend([Mood.DROP_UNTAKEN] * 20)
    for _ in range(30):
        room.send()
        room.later(hours=7)
    assert (room.state(), room.text().error_code) == (TextState.DEAD, "no_answer")
    assert len(outside.taken) == 1


@pytest.mark.parametrize(
    "moment", [SATURDAY, MORNING.replace(hour=0), MORNING.replace(hour=9, minute=1)]
)
def test_nothing_goes_out_outside_office_hours(
    room: PostRoom, outside: TextProvider, moment: datetime
) -> None:
    room.now = moment
    room.answered()
    assert room.send() == 0
    room.now = datetime(2022, 6, 20, 2, tzinfo=UTC)
    assert room.send() == 1


def test_the_days_ceiling(room: PostRoom, outside: TextProvider) -> None:
    room.ceiling = 2
    for submission in range(3):
        room.answered(submission=f"ceiling {submission}")
    assert room.send() == 2
    assert room.later(hours=2).send() == 0
    assert room.later(days=1).send() == 1
    assert len(set(outside.bodies)) == 3


def test_without_a_provider_nothing_is_sent_and_nothing_of_it_logged(
    room: PostRoom, outside: TextProvider, capfd: pytest.CaptureFixture[str]
) -> None:
    number = room.answered()
    room.provider = Nobody()
    room.send()
    assert (room.state(), outside.taken) == (TextState.UNSENT, [])
    assert room.said() == ["text_reported replied unsent"]
    logged = capfd.readouterr()
    for said in (number, "13907123456", "答复"):
        assert said not in logged.out + logged.err


@pytest.mark.parametrize("mood", [Mood.TAKE, Mood.DROP_AFTER_TAKING, Mood.DROP_UNTAKEN])
def test_the_signed_gateway(room: PostRoom, outside: TextProvider, mood: Mood) -> None:
    room.provider = GatewaySender(room.gateway_settings, timeout=TIMEOUT)
    room.answered()
    outside.moods.append(mood)
    room.send()
    room.later(minutes=5).send()
    text = room.text()
    assert (text.state, text.provider) == (TextState.SENT, "gateway")
    assert [one["reference"] for one in outside.taken] == [text.reference]


def test_a_gateway_that_refuses(room: PostRoom, outside: TextProvider) -> None:
    room.provider = GatewaySender(room.gateway_settings, timeout=TIMEOUT)
    room.answered()
    outside.moods.append(Refusal(422, "blocked_word"))
    room.send()
    assert (room.state(), room.text().error_code) == (TextState.DEAD, "blocked_word")


def test_a_gateway_that_isn_t_ours_any_more(room: PostRoom, outside: TextProvider) -> None:
    """A look-up that any server answers with 404 doesn't say that the message isn't there."""
    room.provider = GatewaySender(room.gateway_settings, timeout=TIMEOUT)
    room.answered()
    outside.moods.append(Mood.DROP_AFTER_TAKING)
    outside.look_up_moods.append(Refusal(404, "no_such_page"))
    room.send()
    room.later(minutes=5).send()
    assert (room.state(), len(outside.taken)) == (TextState.UNKNOWN, 1)


def test_another_provider_doesn_t_send_what_the_former_may_have_taken(
    room: PostRoom, outside: TextProvider
) -> None:
    room.answered()
    outside.moods.append(Mood.DROP_AFTER_TAKING)
    room.send()
    room.provider = GatewaySender(room.gateway_settings, timeout=TIMEOUT)
    room.later(minutes=5).send()
    assert (room.state(), room.text().error_code) == (TextState.DEAD, "other_provider")
    assert len(outside.taken) == 1
