"""What the mail sender makes of a server's behaviour, over TLS and without, by real connections."""

from __future__ import annotations

import ssl
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from admin.outbox.mail_sender import MailSender
from admin.outbox.provider import OpenText, Outcome, Verdict
from portal.foundation import clock
from portal.foundation.mail_server import mail_server as server_of
from portal.foundation.settings import Settings, UnusableSetting
from tests.mail_server import (
    ELSEWHERE,
    PASSWORD,
    USER,
    Certificate,
    MailServer,
    Mood,
    mail_server,
)

REFERENCE = "0123456789abcdef" * 2
SETTINGS = Settings.from_environment({"MAIL_FROM": "notice@hotline.example.cn"})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate.made_in(tmp_path_factory.mktemp("certificate"))


def sender(url: str, trusted: ssl.SSLContext | None = None, **how: float) -> MailSender:
    server = server_of(url)
    assert server is not None
    return MailSender(server, SETTINGS, trusted=trusted, **({"timeout": 0.4} | how))


def opened(to: str = "wang@example.com", body: str = "有新消息。") -> OpenText:
    return OpenText(REFERENCE, to, body, clock.now(), subject="有新消息")


def test_a_mail_is_taken_as_it_was_said() -> None:
    with mail_server() as server:
        assert sender(server.url).send(opened(body=".\n.点\n第二行")) == Outcome(Verdict.TAKEN)
    (mail,) = server.mails
    assert server.recipients == ["wang@example.com"]
    assert (mail["Subject"], mail["To"]) == ("有新消息", "wang@example.com")
    assert mail["From"] == SETTINGS.mail_from
    assert mail["Message-ID"] == f"<{REFERENCE}@hotline.example.cn>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert server.bodies == [".\n.点\n第二行"]
    assert all(byte < 128 for byte in server.taken[0])


@pytest.mark.parametrize(
    ("mood", "verdict", "code", "taken"),
    [
        (Mood.REFUSE, Verdict.NEVER, "550 5.1.1", 0),
        (Mood.REFUSE_FOR_NOW, Verdict.LATER, "450 4.2.0", 0),
        (Mood.REFUSE_SENDER, Verdict.LATER, "550 5.7.1", 0),
        (Mood.REFUSE_WORDS, Verdict.NEVER, "554 5.6.0", 0),
        (Mood.REFUSE_WORDS_FOR_NOW, Verdict.LATER, "451 4.3.0", 0),
        (Mood.DROP_BEFORE_DATA, Verdict.LATER, "SMTPServerDisconnected", 0),
        (Mood.HANG_BEFORE_DATA, Verdict.LATER, "SMTPServerDisconnected", 0),
        (Mood.DROP_AFTER_TAKING, Verdict.UNKNOWN, "SMTPServerDisconnected", 1),
        (Mood.DROP_UNTAKEN, Verdict.UNKNOWN, "SMTPServerDisconnected", 0),
        (Mood.HANG_AFTER_TAKING, Verdict.UNKNOWN, "SMTPServerDisconnected", 1),
        (Mood.BABBLE, Verdict.UNKNOWN, "SMTPServerDisconnected", 1),
    ],
)
def test_what_a_server_does_and_what_it_means(
    mood: Mood, verdict: Verdict, code: str, taken: int
) -> None:
    with mail_server() as server:
        server.moods.append(mood)
        outcome = sender(server.url).send(opened())
    assert (outcome.verdict, outcome.code, len(server.taken)) == (verdict, code, taken)


def test_a_mail_that_was_cut_short_is_sent_again() -> None:
    """However much of it the server heard: without its end he can't take it."""
    with mail_server() as server:
        server.moods.append(Mood.DROP_IN_DATA)
        outcome = sender(server.url).send(opened(body="长" * 3_000_000))
    assert (outcome.verdict, server.taken) == (Verdict.LATER, [])


def test_nobody_waits_longer_than_the_call_may_take() -> None:
    with mail_server() as server:
        server.moods.append(Mood.TRICKLE)
        began = time.monotonic()
        outcome = sender(server.url, most_seconds=1.0).send(opened())
        assert time.monotonic() - began < 5
    assert outcome.verdict is Verdict.LATER


def test_nobody_listens() -> None:
    assert sender("smtp://127.0.0.1:9").send(opened()).verdict is Verdict.LATER


@pytest.mark.parametrize("to", ["a@b.cn\r\nRCPT TO:<lin@example.com>", "a@b.cn>,<c@d.cn", "wang"])
def test_what_is_no_address_reaches_no_server(to: str) -> None:
    with mail_server() as server:
        outcome = sender(server.url).send(opened(to=to))
    assert (outcome, server.begun) == (Outcome(Verdict.NEVER, code="bad_address"), 0)


def test_an_unknown_mail_can_never_be_asked_for() -> None:
    outcome = sender("smtp://127.0.0.1:9").find(opened())
    assert outcome == Outcome(Verdict.NEVER, code="may_have_gone")


def test_elsewhere_it_begins_tls_first_and_signs_in_under_it(certificate: Certificate) -> None:
    with mail_server(MailServer(certificate=certificate.shown()), ELSEWHERE) as server:
        url = f"smtp://{USER}:{quote(PASSWORD, safe='')}@{ELSEWHERE}:{server.port}"
        outcome = sender(url, certificate.trusted()).send(opened())
    assert outcome == Outcome(Verdict.TAKEN)
    assert (server.was_tls, server.was_signed_in) == (True, True)


def test_tls_from_the_first_byte(certificate: Certificate) -> None:
    with mail_server(MailServer(certificate=certificate.shown(), is_tls=True), ELSEWHERE) as server:
        url = f"smtps://{ELSEWHERE}:{server.port}"
        assert sender(url, certificate.trusted()).send(opened()).verdict is Verdict.TAKEN
    assert server.was_tls


@pytest.mark.parametrize("is_tls", [True, False])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: Certificate, is_tls: bool
) -> None:
    made = MailServer(certificate=certificate.shown(), is_tls=is_tls)
    with mail_server(made, ELSEWHERE) as server:
        scheme = "smtps" if is_tls else "smtp"
        outcome = sender(f"{scheme}://{ELSEWHERE}:{server.port}").send(opened())
    assert outcome == Outcome(Verdict.LATER, code="SSLCertVerificationError")
    assert server.taken == []


def test_a_server_elsewhere_without_tls_gets_nothing() -> None:
    with mail_server(MailServer(), ELSEWHERE) as server:
        url = f"smtp://{USER}:{quote(PASSWORD, safe='')}@{ELSEWHERE}:{server.port}"
        outcome = sender(url).send(opened())
    assert outcome == Outcome(Verdict.LATER, code="SMTPNotSupportedError")
    assert (server.taken, server.was_signed_in) == ([], False)


def test_a_wrong_password_is_ours_to_mend() -> None:
    with mail_server() as server:
        outcome = sender(f"smtp://{USER}:wrong@127.0.0.1:{server.port}").send(opened())
    assert outcome == Outcome(Verdict.LATER, code="535")


def test_trying_the_settings_sends_nothing() -> None:
    with mail_server() as server:
        server.moods.extend([Mood.TAKE, Mood.REFUSE_SENDER])
        assert sender(server.url).lacks() == ""
        assert sender(server.url).lacks() == "550 5.7.1"
        assert sender(f"smtp://{USER}:wrong@127.0.0.1:{server.port}").lacks() == "535"
    assert sender("smtp://127.0.0.1:9").lacks() == "ConnectionRefusedError"
    assert server.taken == []


@pytest.mark.parametrize(
    "environ",
    [
        {"SMTP_URL": "smtp://mail.example.cn"},
        {"SMTP_URL": "http://mail.example.cn", "MAIL_FROM": "a@b.cn"},
        {"SMTP_URL": "smtp://", "MAIL_FROM": "a@b.cn"},
        {"SMTP_URL": "smtp://user@mail.example.cn", "MAIL_FROM": "a@b.cn"},
        {"SMTP_URL": "smtp://mail.example.cn:x", "MAIL_FROM": "a@b.cn"},
        {"SMTP_URL": "smtp://mail.example.cn/in", "MAIL_FROM": "a@b.cn"},
        {"MAIL_FROM": "Hotline <a@b.cn>"},
        {"MAIL_FROM": "a@b.cn\nBcc: c@d.cn"},
        {"MAIL_DAILY_CEILING": "many"},
    ],
)
def test_settings_that_can_t_be_used_stop_the_start(
    environ: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(UnusableSetting) as refused:
        Settings.from_environment({"DATA_DIR": str(tmp_path)} | environ)
    assert "user@" not in str(refused.value).replace("user:password@", "")


def test_a_password_with_any_signs() -> None:
    settings = replace(SETTINGS, smtp_url=f"smtps://a%40b:{quote(PASSWORD, safe='')}@mail.example")
    server = server_of(settings.smtp_url)
    assert server is not None
    assert (server.user, server.password, server.port) == ("a@b", PASSWORD, 465)
    assert PASSWORD not in repr(server)
