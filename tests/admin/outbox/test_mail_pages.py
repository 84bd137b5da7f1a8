"""Whoever runs the system sees of mails what he sees of texts, and tries the settings by
`doctor`."""

from __future__ import annotations

import re
from dataclasses import replace

from admin.system.doctor import mail_faults
from admin.system.worker import jobs
from intake.rules.sending import TextState
from portal.foundation import clock
from portal.foundation.settings import Settings
from portal.foundation.staff import Role
from tests.admin.outbox.conftest import PostRoom
from tests.admin.outbox.mail_room import ADDRESS, MailRoom
from tests.mail_server import MailServer, Mood

TEXTS = "/staff/system/texts"


def test_mails_are_counted_and_the_lost_ones_dealt_with(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    room = mail_room
    room.house.deployment.add_staff("xi", ("BGS", Role.SYSTEM_ADMIN))
    number = room.told()
    mail_outside.moods.append(Mood.DROP_AFTER_TAKING)
    room.send()
    room.later(minutes=5).send()
    listed = room.house.get("xi", TEXTS)
    for there in ("邮件各有多少封", "有答复了", "也许发出了，没有回音", "may_have_gone"):
        assert there in listed
    found = re.search(rf'href="({TEXTS}/[0-9a-f]+)"', listed)
    assert found
    shown = room.house.get("xi", found[1])
    assert "一条没有发成的邮件" in shown
    for secret in (number, ADDRESS, "区民政局"):
        assert secret not in listed + shown
    with clock.stopped_at(room.now):
        typed = {"what": "let-go", "reason": "may_have_gone"}
        # Signed in then, and not years later.
        room.house.browsers.pop("xi", None)
        assert room.house.post("xi", found[1], **typed).status_code == 303
    assert room.state() is TextState.LET_GO
    assert room.events()[-1] == "mail_let_go replied may_have_gone"


def test_having_it_sent_again_is_a_mail_of_its_own(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    mail_room.house.deployment.add_staff("xi", ("BGS", Role.SYSTEM_ADMIN))
    mail_room.told()
    mail_outside.moods.append(Mood.REFUSE)
    mail_room.send()
    path = f"{TEXTS}/{mail_room.text().reference}"
    with clock.stopped_at(mail_room.now):
        typed = {"what": "again", "reason": "once_more"}
        assert mail_room.house.post("xi", path, **typed).status_code == 303
    mail_room.send()
    assert mail_room.state() is TextState.SENT
    assert mail_room.events()[-2:] == ["mail_sent_again replied once_more", "mail_sent replied"]


def test_without_mail_the_page_speaks_of_texts_alone(room: PostRoom) -> None:
    room.house.deployment.add_staff("xi", ("BGS", Role.SYSTEM_ADMIN))
    shown = room.house.get("xi", TEXTS).split("<main")[1]
    assert "邮件" not in shown.split("没有发成、没有送到的")[0]


def test_doctor_tries_the_server_and_sends_nothing(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    settings = mail_room.settings
    assert mail_faults(settings) == []
    assert mail_outside.begun == 1
    mail_outside.moods.append(Mood.REFUSE_SENDER)
    assert "550 5.7.1" in mail_faults(settings)[0]
    assert (
        "ConnectionRefusedError" in mail_faults(replace(settings, smtp_url="smtp://127.0.0.1:9"))[0]
    )
    assert "SMTP_URL" in mail_faults(replace(settings, smtp_url=""))[0]
    assert mail_faults(replace(settings, smtp_url="", mail_from="")) == []
    assert mail_outside.taken == []


def test_the_command_says_so(mail_room: MailRoom) -> None:
    assert "The mail server doesn't take mails" in mail_room.house.deployment.run("doctor").output


def test_an_address_is_forgotten_by_command(mail_room: MailRoom) -> None:
    mail_room.told()
    run = mail_room.house.deployment.everything.test_cli_runner().invoke
    assert "forgotten in 1 cases" in run(args=["mail", "forget"], input=f"{ADDRESS}\n").output
    assert "forgotten in 0 cases" in run(args=["mail", "forget"], input=f"{ADDRESS}\n").output
    mail_room.send()
    assert mail_room.state() is TextState.STOPPED


def test_staff_are_told_where_mail_is_set_up_alone(mail_room: MailRoom) -> None:
    def names(settings: Settings) -> set[str]:
        return {job.name for job in jobs(settings)}

    assert {"mail_staff", "send_mails"} <= names(mail_room.settings)
    assert "mail_staff" not in names(replace(mail_room.settings, smtp_url="", mail_from=""))
