"""Mails go out once, whatever the server does, and say nothing."""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess

import pytest

from admin.outbox.nobody import Nobody
from admin.outbox.sending import Post, send_texts
from intake.outbox.notices import Occasion
from intake.rules.sending import MOST_TRIES, Medium, TextState
from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.admin.house import WORDS
from tests.admin.outbox.mail_room import ADDRESS, MORNING, MailRoom
from tests.admin.outbox.worker_round import begin_round, end_of
from tests.mail_server import MailServer, Mood
from tests.patience import PATIENCE


def test_an_answer_is_told_by_mail(
    mail_room_on_each_database: MailRoom, mail_outside: MailServer
) -> None:
    room = mail_room_on_each_database
    # Somebody else's case, whose reporter is told nothing by mail.
    with clock.stopped_at(room.now):
        room.house.answered_case()
    number = room.told()
    assert room.send() == 1
    (mail,) = mail_outside.mails
    assert mail_outside.recipients == [ADDRESS]
    assert mail["Subject"] == "有新消息"
    assert mail_outside.bodies[0].startswith(f"编号{number}有答复了。")
    assert room.settings.public_url in mail_outside.bodies[0]
    texts = {one.medium: one for one in room.texts()}
    sent = texts[Medium.MAIL]
    assert (sent.state, sent.tries, sent.provider) == (TextState.SENT, 1, "smtp")
    assert str(mail["Message-ID"]).startswith(f"<{sent.reference}@")
    assert texts[Medium.TEXT].state is TextState.WAITING
    assert room.events() == ["mail_sent replied"]
    assert room.later(hours=1).send() == 0


def test_a_tip_offs_mail_says_that_there_is_news(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    number = mail_room.mailed_case(kind=Kind.TIP_OFF, accused="区民政局")
    for occasion in (Occasion.REPLIED, Occasion.CLOSED):
        mail_room.happens(number, occasion)
        mail_room.send()
    assert len(set(mail_outside.bodies)) == 1
    raw = b"".join(mail_outside.taken).decode()
    for secret in (number, "民政", "举报", WORDS):
        assert secret not in mail_outside.bodies[0]
        assert secret not in raw


@pytest.mark.parametrize("mood", [Mood.DROP_AFTER_TAKING, Mood.HANG_AFTER_TAKING, Mood.BABBLE])
def test_what_may_have_gone_is_never_sent_twice(
    mail_room_on_each_database: MailRoom, mail_outside: MailServer, mood: Mood
) -> None:
    room = mail_room_on_each_database
    room.told()
    mail_outside.moods.append(mood)
    room.send()
    assert room.state() is TextState.UNKNOWN
    room.later(minutes=5).send()
    for _ in range(20):
        room.later(hours=7).send()
    assert (room.state(), room.text().error_code) == (TextState.DEAD, "may_have_gone")
    assert (mail_outside.begun, len(mail_outside.taken)) == (1, 1)


@pytest.mark.parametrize(
    "mood",
    [
        Mood.REFUSE_FOR_NOW,
        Mood.REFUSE_WORDS_FOR_NOW,
        Mood.DROP_BEFORE_DATA,
        Mood.HANG_BEFORE_DATA,
        Mood.REFUSE_SENDER,
    ],
)
def test_what_was_surely_not_taken_is_sent_again(
    mail_room: MailRoom, mail_outside: MailServer, mood: Mood
) -> None:
    mail_room.told()
    mail_outside.moods.append(mood)
    mail_room.send()
    assert mail_room.state() is TextState.WAITING
    assert mail_room.send() == 0, "a pause lies between"
    assert mail_room.later(minutes=5).send() == 1
    assert (mail_room.state(), len(mail_outside.taken)) == (TextState.SENT, 1)


def test_a_refused_recipient_is_given_up(mail_room: MailRoom, mail_outside: MailServer) -> None:
    mail_room.told()
    mail_outside.moods.append(Mood.REFUSE)
    mail_room.send()
    assert (mail_room.state(), mail_room.text().error_code) == (TextState.DEAD, "550 5.1.1")
    assert mail_room.later(hours=7).send() == 0


def test_a_server_that_is_away_is_not_called_for_ever(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    mail_room.told()
    mail_outside.moods.extend([Mood.REFUSE_FOR_NOW] * 20)
    for _ in range(60):
        mail_room.send()
        mail_room.later(hours=7)
    assert mail_room.state() is TextState.DEAD
    assert mail_outside.begun == MOST_TRIES


def test_two_workers_send_each_mail_once(
    mail_room_on_each_database: MailRoom, mail_outside: MailServer
) -> None:
    room = mail_room_on_each_database
    for submission in range(4):
        room.told(submission=f"two workers {submission}")
    with clock.stopped_at(room.now):
        hands = [threading.Thread(target=room.send) for _ in range(2)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    assert len(set(mail_outside.bodies)) == len(mail_outside.bodies) == 4


def test_who_stops_gets_nothing_that_still_waits(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    number = mail_room.told()
    mail_room.stop(number)
    mail_room.send()
    assert (mail_room.state(), mail_outside.taken) == (TextState.STOPPED, [])
    # Who handles the case must not learn that its reporter took his address back.
    assert mail_room.events() == []


def test_a_last_try_that_may_have_gone_says_so(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    mail_room.told()
    mail_outside.moods += [Mood.REFUSE_FOR_NOW] * (MOST_TRIES - 1) + [Mood.DROP_AFTER_TAKING]
    # Two days of these are a weekend.
    for _ in range(MOST_TRIES + 2):
        mail_room.send()
        mail_room.later(days=1)
    assert mail_room.text().tries == MOST_TRIES
    assert (mail_room.state(), mail_room.text().error_code) == (TextState.DEAD, "may_have_gone")
    assert len(mail_outside.taken) == 1


def test_who_handles_a_case_isnt_told_that_an_address_was_left(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    mail_room.leaves_address(mail_room.house.case())
    mail_room.send()
    assert (mail_room.state(), len(mail_outside.taken)) == (TextState.SENT, 1)
    assert mail_room.events() == []


@pytest.mark.parametrize(
    "moment",
    [datetime(2022, 6, 18, 2, tzinfo=UTC), MORNING.replace(hour=8), MORNING.replace(hour=18)],
)
def test_nothing_goes_out_outside_office_hours(mail_room: MailRoom, moment: datetime) -> None:
    mail_room.now = moment
    mail_room.told()
    assert mail_room.send() == 0
    assert mail_room.at("2022-06-20T10:00").send() == 1


def test_mails_have_a_ceiling_of_their_own(mail_room: MailRoom, mail_outside: MailServer) -> None:
    mail_room.ceiling = 2
    with clock.stopped_at(mail_room.now):
        mail_room.house.answered_case(submission="a text")
    database = mail_room.house.deployment.database
    with clock.stopped_at(mail_room.now):
        assert send_texts(database, Post(Nobody(), 100)) == 1
    for submission in range(3):
        mail_room.told(submission=f"ceiling {submission}")
    assert mail_room.send() == 2
    assert mail_room.later(hours=2).send() == 0
    with clock.stopped_at(mail_room.now):
        mail_room.house.answered_case(submission="another text")
        assert send_texts(database, Post(Nobody(), 2)) == 1, "two mails are no texts"
    assert mail_room.later(days=1).send() == 1


def test_without_a_server_nothing_is_sent_and_nothing_logged(
    mail_room: MailRoom, capfd: pytest.CaptureFixture[str]
) -> None:
    number = mail_room.told()
    with clock.stopped_at(mail_room.now):
        send_texts(mail_room.house.deployment.database, Post(Nobody(), 100, medium=Medium.MAIL))
    assert mail_room.state() is TextState.UNSENT
    assert mail_room.events() == ["mail_reported replied unsent"]
    logged = capfd.readouterr()
    for said in (number, "wang", "答复"):
        assert said not in logged.out + logged.err


@pytest.mark.parametrize("mood", [Mood.HANG_AFTER_TAKING, Mood.HANG_BEFORE_DATA])
def test_a_worker_killed_before_the_answer_sends_nothing_twice(
    mail_room_on_each_database: MailRoom, mail_outside: MailServer, mood: Mood
) -> None:
    """Killed, nobody knows how far it came: a person decides whether it is sent again."""
    room = mail_room_on_each_database
    room.told()
    mail_outside.moods.append(mood)
    worker = _round(room)
    assert mail_outside.called.wait(PATIENCE)
    worker.kill()
    assert end_of(worker) == -signal.SIGKILL
    mail_outside.let_go.set()
    assert room.state() is TextState.UNKNOWN
    assert end_of(_round(room.later(minutes=3))) == 0
    assert (room.state(), room.text().error_code) == (TextState.DEAD, "may_have_gone")
    assert mail_outside.begun == 1


def _round(room: MailRoom) -> BaseProcess:
    """A worker of its own process."""
    settings = room.settings
    return begin_round(settings, room.now, SMTP_URL=settings.smtp_url, MAIL_FROM=settings.mail_from)
