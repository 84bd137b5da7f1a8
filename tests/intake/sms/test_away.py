"""A text that comes while the database is away or busy: kept sealed, answered as received, and
registered once when the database is back, whatever was killed in between."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import make_url, select

from admin.inbox.taking_in import take_in
from admin.outbox.sending import Post, send_texts
from admin.outbox.twilio_sender import TwilioSender
from intake.cases.case import Case
from intake.cases.inbound_text import InboundText, TextOptOut
from intake.cases.message import MessageKind
from intake.outbox.outbound_text import OutboundText
from intake.sms import spool
from intake.sms.matter import Inbound
from intake.vault.query_codes import read_code
from intake.vault.sealing import head_id
from intake.vault.service_key import Purpose, ServiceKey
from intake.vault.unit_key import UnitKey, UntrustedKey
from portal.foundation import clock
from tests.admin.keys.world import another_process
from tests.deployments import Deployment
from tests.fakes import CITIZEN, Twilio, message_id
from tests.intake.pages.journey import show
from tests.intake.sms.stored import code_in, count, letters, mistyped
from tests.text_provider import text_provider

WORDS = "蔡店街道的残疾人护理补贴三个月没有到账"
# A Friday afternoon and the Monday after it.
FRIDAY = datetime(2022, 6, 10, 8, tzinfo=UTC)
MONDAY = datetime(2022, 6, 13, 2, tzinfo=UTC)


@contextmanager
def away(deployment: Deployment) -> Iterator[None]:
    """The database takes no writes (SQLite), or nobody at all (PostgreSQL)."""
    if deployment.settings.is_sqlite:
        lock = os.open(deployment.settings.database_dir / "write.lock", os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)
        return
    url = make_url(deployment.settings.database_url)
    name, server_url = url.database, url.set(drivername="postgresql", database="postgres")
    with psycopg.connect(server_url.render_as_string(False), autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def waiting(deployment: Deployment) -> list[Path]:
    return list(spool.kept(deployment.settings.spool_dir))


def works(deployment: Deployment) -> int:
    """Let the worker take in what waits."""
    return take_in(deployment.database, deployment.settings.spool_dir)


def test_it_is_kept_registered_once_and_its_sender_told(on_each_database: Deployment) -> None:
    deployment = on_each_database
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    sid = message_id()
    twilio.text(client, "帮助")
    with clock.stopped_at(FRIDAY), away(deployment):
        (answer,) = twilio.text(client, WORDS, sid=sid)
        assert "收到了，系统正忙" in answer
        # The provider hands it over once more: it is the same message.
        assert twilio.text(client, WORDS, sid=sid) == [answer]
        (file,) = waiting(deployment)
        for secret in (WORDS, CITIZEN, sid):
            assert secret.encode() not in file.read_bytes()
            assert secret not in file.name
    with clock.stopped_at(MONDAY):
        assert works(deployment) == 1
        assert waiting(deployment) == []
        assert works(deployment) == 0
        with deployment.database.reading() as session:
            case = session.scalars(select(Case)).one()
        # It came on Friday, and its days count from there.
        assert case.registered_on == date(2022, 6, 10)
        assert letters(deployment, case, case.unit_code, MessageKind.WORDS) == [WORDS]
        with text_provider() as outside:
            settings = replace(deployment.settings, twilio_api_base=outside.url)
            send_texts(deployment.database, Post(TwilioSender(settings), ceiling=100))
            first, second = outside.bodies
            assert {one["to"] for one in outside.taken} == {CITIZEN}
        assert case.number in first
        assert "最晚2022年" in second
        assert case.number in show(client, code_of(first)).text
        # The provider's own list has it too: nothing more comes of it.
        assert twilio.text(client, WORDS, sid=sid) == []
        assert count(deployment, Case) == 1


def code_of(text: str) -> str:
    return read_code(text.partition("查询码：")[2].partition("。")[0])


def test_killed_before_its_file_was_gone_it_is_taken_in_once(deployment: Deployment) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    with away(deployment):
        twilio.text(client, WORDS)
    (file,) = waiting(deployment)
    content = file.read_bytes()
    works(deployment)
    file.write_bytes(content)

    assert works(deployment) == 1
    assert (count(deployment, Case), count(deployment, InboundText)) == (1, 1)
    with deployment.database.reading() as session:
        sent = session.scalars(select(OutboundText.template).order_by(OutboundText.id)).all()
    assert sent == ["registered", "promised"]


def test_who_was_registered_without_knowing_it_hears_his_receipt(deployment: Deployment) -> None:
    """The database took it and was gone before it could say so: the door kept it, too."""
    twilio, client, sid = Twilio(deployment.settings), deployment.citizen(), message_id()
    inbound = Inbound(provider_id=sid, sender=CITIZEN, body=WORDS)
    vault, folder = deployment.database.session_info["vault"], deployment.settings.spool_dir
    with clock.stopped_at(MONDAY), text_provider() as outside:
        code = code_in(twilio.text(client, WORDS, sid=sid))
        for _ in range(2):
            spool.keep(vault, folder, inbound, on=clock.today())
            assert works(deployment) == 1
        assert waiting(deployment) == []
        settings = replace(deployment.settings, twilio_api_base=outside.url)
        send_texts(deployment.database, Post(TwilioSender(settings), ceiling=100))
        first, _second = outside.bodies
    assert code_of(first) == code
    assert count(deployment, Case) == 1


def test_what_was_half_written_is_no_text(deployment: Deployment) -> None:
    folder = deployment.settings.spool_dir
    folder.mkdir(exist_ok=True)
    half = folder / "0a.1.unfinished"
    half.write_bytes(b"half")
    assert works(deployment) == 0
    assert half.exists(), "somebody may still be writing it"
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        works(deployment)
    assert not half.exists()


def test_what_finds_no_room_on_the_disk_leaves_nothing_there(deployment: Deployment) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    twilio.text(client, "帮助")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    was = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with away(deployment):
        # The kernel refuses every byte, as where the disk is full.
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            answer = twilio.post(client, twilio.form(WORDS))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, was)
    assert answer.status_code == 500
    assert list(deployment.settings.spool_dir.iterdir()) == []


def test_what_does_not_open_is_put_aside_and_keeps_nobody_waiting(deployment: Deployment) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    with away(deployment):
        for words in (WORDS, f"{WORDS}，第二件"):
            twilio.text(client, words)
    first, second = waiting(deployment)
    first.write_bytes(second.read_bytes())

    assert works(deployment) == 1
    assert waiting(deployment) == []
    assert first.with_suffix(".damaged").exists()
    assert count(deployment, Case) == 1


def test_what_can_t_be_opened_for_a_moment_waits(deployment: Deployment) -> None:
    """The worker's own key is out of reach, as while the master key's file can't be read."""
    folder = deployment.settings.spool_dir
    with away(deployment):
        Twilio(deployment.settings).text(deployment.citizen(), WORDS)
    locked = lay_worker_key(deployment, b"garbage")
    assert take_in(another_process(deployment), folder) == 0
    (file,) = waiting(deployment)
    lay_worker_key(deployment, locked)
    # Nor is a key destroyed to which something is sealed that was put aside.
    key_id = head_id(file.read_bytes()).hex()
    file.rename(file.with_suffix(".damaged"))
    assert spool.sealed_to(folder, key_id)
    file.with_suffix(".damaged").rename(file)
    assert take_in(another_process(deployment), folder) == 1
    assert not spool.sealed_to(folder, key_id)


def lay_worker_key(deployment: Deployment, locked: bytes) -> bytes:
    """Lay it into its row; returns what lay there."""
    with deployment.database.writing() as session:
        worker = ServiceKey.purpose == Purpose.WORKER
        key = session.scalars(select(ServiceKey).where(worker)).one()
        before, key.under_master = key.under_master or b"", locked
        return before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("查 3Y7K 9QWE 2MNP 4RTX Z", "现在查不了"),
        ("帮助", "现在查不了"),
        ("退订", "过一会儿就办"),
    ],
)
def test_commands_are_kept_or_asked_for_again(deployment: Deployment, text: str, said: str) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    with away(deployment):
        (answer,) = twilio.text(client, text)
    assert said in answer
    works(deployment)
    assert count(deployment, Case) == 0
    assert count(deployment, TextOptOut) == (1 if text == "退订" else 0)


def test_one_that_can_t_be_taken_in_keeps_no_other_waiting(deployment: Deployment) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    with away(deployment):
        twilio.text(client, WORDS)
        twilio.text(client, f"{WORDS}，第二件")
    first, _ = waiting(deployment)
    content = first.read_bytes()
    first.unlink()
    first.mkdir()
    assert works(deployment) == 1
    first.rmdir()
    first.write_bytes(content)
    assert works(deployment) == 1
    assert count(deployment, Case) == 2


def test_a_unit_whose_key_was_swapped_keeps_no_text_of_another_waiting(
    deployment: Deployment,
) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    with away(deployment):
        twilio.text(client, "我妈的高龄津贴三个月没发了")
        twilio.text(client, "2022.6.10")
    with deployment.database.writing() as session:
        key = session.scalars(select(UnitKey).where(UnitKey.unit_code == "MZ")).one()
        key.public_key = bytes(32)
    with pytest.raises(UntrustedKey):
        works(deployment)
    assert count(deployment, Case) == 1
    assert len(waiting(deployment)) == 1


def test_further_words_that_were_kept_are_never_lost_to_a_wrong_code(
    deployment: Deployment,
) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    code = code_in(twilio.text(client, WORDS))
    wrong = mistyped(code)
    with away(deployment):
        assert "收到了" in twilio.text(client, f"补 {wrong} 四月的也没有")[0]
    works(deployment)
    assert count(deployment, Case) == 2


def test_what_was_said_with_a_rating_is_never_lost_to_a_wrong_code(
    deployment: Deployment,
) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    code = code_in(twilio.text(client, WORDS))
    wrong = mistyped(code)
    with away(deployment):
        assert "收到了" in twilio.text(client, f"评 {wrong} 2 他们根本没有来过")[0]
        assert "收到了" in twilio.text(client, f"评 {wrong} 2")[0]
    works(deployment)
    assert count(deployment, Case) == 2


def test_a_flood_is_answered_as_seldom_while_the_database_is_away(deployment: Deployment) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    with clock.stopped_at(MONDAY):
        for _ in range(19):
            twilio.text(client, "帮助")
    with clock.stopped_at(MONDAY), away(deployment):
        answers = [twilio.text(client, f"{WORDS}，第{n}件") for n in range(3)]
    assert [len(one) for one in answers] == [1, 1, 0]
    assert works(deployment) == 3
    assert count(deployment, Case) == 3
    with deployment.database.reading() as session:
        told = session.scalars(select(OutboundText.template)).all()
    assert told.count("registered") == 2


def test_pictures_that_were_lost_meanwhile_are_told(deployment: Deployment) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    with away(deployment):
        twilio.text(client, WORDS, NumMedia="1")
    works(deployment)
    with deployment.database.reading() as session:
        told = session.scalars(select(OutboundText.template)).all()
    assert "pictures_lost" in told


def test_a_swapped_key_keeps_a_text_and_loses_none(deployment: Deployment) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    with deployment.database.writing() as session:
        key = session.scalars(select(UnitKey).where(UnitKey.unit_code == "MZ")).one()
        own, key.public_key = key.public_key, bytes(32)
    assert "收到了" in twilio.text(client, "我妈的高龄津贴三个月没发了")[0]
    with deployment.database.writing() as session:
        session.scalars(select(UnitKey).where(UnitKey.unit_code == "MZ")).one().public_key = own
    assert works(deployment) == 1
    assert count(deployment, Case) == 1


def test_words_that_are_added_come_to_their_case(deployment: Deployment) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    code = code_in(twilio.text(client, WORDS))
    with away(deployment):
        twilio.text(client, f"补 {code} 还有四月的也没有")
    works(deployment)
    assert "还有四月的也没有" in show(client, code).text
    assert count(deployment, Case) == 1


def spool_says(client: FlaskClient) -> str:
    return str(client.get("/readyz").get_json()["spool"])


def test_readiness_and_the_doctor_say_where_texts_wait(deployment: Deployment) -> None:
    twilio, client = Twilio(deployment.settings), deployment.citizen()
    with away(deployment):
        twilio.text(client, WORDS)
    assert spool_says(client) == "ok"
    (file,) = waiting(deployment)
    long_ago = clock.now().timestamp() - 3600
    os.utime(file, (long_ago, long_ago))
    assert spool_says(client) == "texts wait in the spool"
    assert "texts wait in the spool" in deployment.run("doctor").output
    works(deployment)
    assert spool_says(client) == "ok"
