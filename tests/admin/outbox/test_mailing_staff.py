"""Staff hear by mail that something waits for them, once, and of nothing that is kept from them."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from admin.accounts.former_mail import context_of_former, tell_former_address
from admin.accounts.staff_mail import StaffMail
from admin.accounts.work_mail import leave_mail, mail_of, stop_mail
from admin.desk import casework
from admin.sealed_class.waiting import brings_work as sealed_class_brings_work
from admin.system.worker import ROOMS
from intake.outbox.outbound_text import OutboundText
from intake.rules.lifecycle import State
from intake.rules.sending import TextState
from intake.vault.vault import vault_of
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Post, Role, Staff
from tests.admin.house import House
from tests.admin.outbox.mail_room import MailRoom
from tests.deployments import Deployment
from tests.mail_server import MailServer, Mood

ACCOUNT = "/staff/account"
FORMER = "min@office.example.cn"


def leave(room: MailRoom, name: str, when: str = "2022-06-07T16:00") -> None:
    """Let a person have left an address, and have gone home."""
    with (
        clock.stopped_at(room.at(when).now),
        room.house.deployment.database.writing() as session,
    ):
        who = room.house.deployment.staff_id(session, name)
        leave_mail(session, who, f"{name}@office.example.cn")


def comes(room: MailRoom, when: str, **said: object) -> str:
    with clock.stopped_at(room.at(when).now):
        return room.house.case(**said)


def looks(room: MailRoom, when: str) -> int:
    return room.at(when).tell_staff()


def test_the_office_and_discipline_inspection_hear_until_somebody_reads_the_sealed_class(
    mail_room: MailRoom,
) -> None:
    for name in ("min", "chen", "ji"):
        leave(mail_room, name)
    rooms = (sealed_class_brings_work,)
    assert mail_room.at("2022-06-08T09:00").tell_staff(rooms) == 2
    # Not again before they were here, and then until somebody reads it.
    assert mail_room.at("2022-06-09T09:00").tell_staff(rooms) == 0
    for name in ("min", "chen", "ji"):
        leave(mail_room, name, "2022-06-09T16:00")
    with clock.stopped_at(mail_room.at("2022-06-09T17:00").now):
        mail_room.house.deployment.officer("ji")
    assert mail_room.at("2022-06-10T09:00").tell_staff(rooms) == 0


def test_who_has_something_new_is_told_once_and_content_free(
    mail_room_on_each_database: MailRoom, mail_outside: MailServer
) -> None:
    room = mail_room_on_each_database
    leave(room, "min")
    leave(room, "tui")
    numbers = [comes(room, "2022-06-07T17:30", submission=f"{one}") for one in range(3)]
    assert looks(room, "2022-06-08T07:00") == 0, "office hours haven't begun"
    assert looks(room, "2022-06-08T09:00") == 1
    assert looks(room, "2022-06-08T09:01") == 0
    room.send()
    assert mail_outside.recipients == ["min@office.example.cn"]
    assert mail_outside.mails[0]["Subject"] == "有新的待办"
    assert mail_outside.bodies[0].startswith("有新的待办，请登录工作台查看。")
    for secret in (*numbers, "民政", "津贴", "3", "http"):
        assert secret not in mail_outside.bodies[0]
    assert room.events() == []


def test_not_again_before_he_was_here(mail_room: MailRoom) -> None:
    leave(mail_room, "min")
    comes(mail_room, "2022-06-07T17:30")
    assert looks(mail_room, "2022-06-08T09:00") == 1
    comes(mail_room, "2022-06-08T11:00", submission="another")
    assert looks(mail_room, "2022-06-09T09:00") == 0
    with clock.stopped_at(mail_room.at("2022-06-09T10:00").now):
        mail_room.house.deployment.officer("min")
    assert looks(mail_room, "2022-06-10T09:00") == 0, "he has seen what there is"
    comes(mail_room, "2022-06-10T15:00", submission="a third")
    assert looks(mail_room, "2022-06-11T09:00") == 0, "a Saturday"
    assert looks(mail_room, "2022-06-13T09:00") == 1


def test_what_came_while_he_was_here_is_nothing_new(mail_room: MailRoom) -> None:
    leave(mail_room, "min", "2022-06-07T08:50")
    with clock.stopped_at(mail_room.at("2022-06-07T09:00").now):
        browser = mail_room.house.deployment.officer("min")
    comes(mail_room, "2022-06-07T09:10")
    with clock.stopped_at(mail_room.at("2022-06-07T09:25").now):
        assert browser.get(ACCOUNT).status_code == 200
        mail_room.tell_staff()
    assert looks(mail_room, "2022-06-08T09:00") == 0


def test_his_own_acts_are_nothing_new(mail_room: MailRoom) -> None:
    number = comes(mail_room, "2022-06-07T09:00")
    leave(mail_room, "zheng", "2022-06-07T10:00")
    leave(mail_room, "min", "2022-06-07T10:00")
    with clock.stopped_at(mail_room.at("2022-06-07T10:05").now):
        for act in (casework.sign_for, casework.accept):
            mail_room.house.act(number, act)
        mail_room.house.act(number, lambda s, c, h: casework.draft_reply(s, c, h, "补发了。"))
    assert looks(mail_room, "2022-06-08T09:00") == 1
    with mail_room.house.deployment.database.reading() as session:
        told = session.scalars(select(OutboundText.staff_id)).one()
        assert told == mail_room.house.deployment.staff_id(session, "zheng")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param({"kind": Kind.COMPLAINT}, {"min", "zheng"}, id="an ordinary case"),
        pytest.param(
            {"kind": Kind.TIP_OFF, "accused": "区民政局", "submission": "tip"},
            {"chen", "lu"},
            id="a tip-off of the unit that would have it",
        ),
    ],
)
def test_mail_tells_a_barred_unit_nothing(
    mail_room_on_each_database: MailRoom, said: dict[str, object], told: set[str]
) -> None:
    room = mail_room_on_each_database
    people = ("min", "zheng", "chen", "lu", "tui", "shen", "gong")
    for name in people:
        leave(room, name)
    comes(room, "2022-06-07T17:30", **said)
    looks(room, "2022-06-08T09:00")
    with room.house.deployment.database.reading() as session:
        ids = set(session.scalars(select(OutboundText.staff_id)))
        names = {n for n in people if room.house.deployment.staff_id(session, n) in ids}
    assert names == told


def test_a_tip_off_and_an_ordinary_case_make_the_same_mail(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    leave(mail_room, "chen")
    leave(mail_room, "min")
    comes(mail_room, "2022-06-07T17:30", submission="ordinary")
    comes(mail_room, "2022-06-07T17:31", kind=Kind.TIP_OFF, accused="区民政局", submission="tip")
    assert looks(mail_room, "2022-06-08T09:00") == 2
    mail_room.send()
    assert len(set(mail_outside.bodies)) == 1
    assert len(mail_outside.bodies) == 2


def test_a_problem_and_a_case_make_the_same_mail(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    leave(mail_room, "jie")
    leave(mail_room, "min")
    leave(mail_room, "tui")
    number = comes(mail_room, "2022-06-07T17:00")
    with clock.stopped_at(mail_room.at("2022-06-07T17:30").now):
        mail_room.house.handle(number, to=State.REPLIED)
        mail_room.house.problem(number, unit="ST05")
    assert mail_room.at("2022-06-08T09:00").tell_staff(ROOMS) == 2
    mail_room.send()
    assert set(mail_outside.recipients) == {"jie@office.example.cn", "min@office.example.cn"}
    assert len(set(mail_outside.bodies)) == 1


def test_who_left_is_told_nothing(mail_room: MailRoom, mail_outside: MailServer) -> None:
    leave(mail_room, "min")
    leave(mail_room, "zheng")
    comes(mail_room, "2022-06-07T17:30")
    database = mail_room.house.deployment.database
    with database.writing() as session:
        session.execute(update(Staff).where(Staff.name == "zheng").values(active=False))
    assert looks(mail_room, "2022-06-08T09:00") == 1
    with database.writing() as session:
        session.execute(update(Staff).where(Staff.name == "min").values(active=False))
    mail_room.send()
    assert (mail_room.state(), mail_outside.taken) == (TextState.STOPPED, [])


def test_who_was_here_before_it_went_out_needs_it_no_more(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    leave(mail_room, "min")
    comes(mail_room, "2022-06-07T17:30")
    looks(mail_room, "2022-06-08T09:00")
    mail_outside.moods.append(Mood.REFUSE_FOR_NOW)
    mail_room.send()
    with clock.stopped_at(mail_room.at("2022-06-08T09:30").now):
        mail_room.house.deployment.officer("min")
    mail_room.at("2022-06-08T11:00").send()
    assert (mail_room.state(), mail_outside.taken) == (TextState.LET_GO, [])


def test_a_forged_post_hears_of_nothing(mail_room: MailRoom) -> None:
    """Somebody wrote a role into the database: for this mail too it is none."""
    leave(mail_room, "tui")
    comes(mail_room, "2022-06-07T17:30")
    with mail_room.house.deployment.database.writing() as session:
        who = mail_room.house.deployment.staff_id(session, "tui")
        session.add(Post(staff_id=who, unit_code="MZ", role=Role.OFFICER, stamp="0" * 64))
    assert looks(mail_room, "2022-06-08T09:00") == 0


def test_a_monthly_return_that_is_due_makes_a_mail_of_its_own(mail_room: MailRoom) -> None:
    for name in ("jie", "min", "chen"):
        leave(mail_room, name, "2022-06-14T16:00")
    # Streets and departments are reminded from the fifteenth; the office returns nothing.
    assert looks(mail_room, "2022-06-15T09:00") == 2
    mail_room.house.browsers.clear()
    with clock.stopped_at(mail_room.at("2022-06-15T10:00").now):
        mail_room.house.deployment.officer("jie")
        mail_room.tell_staff()
    assert looks(mail_room, "2022-06-17T09:00") == 0, "he has seen it"
    assert looks(mail_room, "2022-06-21T09:00") == 1, "now it is overdue"


def test_leaving_an_address_on_ones_account(mailing: Deployment) -> None:
    house = House(mailing).move_in()
    assert "用邮件提醒我" in house.get("min", ACCOUNT)
    assert house.post("min", f"{ACCOUNT}/mail", mail="min@office.example.cn").status_code == 303
    page = house.get("min", ACCOUNT)
    assert "已留邮箱" in page
    assert "min@office" not in page
    with mailing.database.reading() as session:
        (left,) = session.scalars(select(StaffMail))
        assert mail_of(session, left) == "min@office.example.cn"
        assert b"office" not in left.sealed
    refused = house.post("min", f"{ACCOUNT}/mail", mail="min at office")
    assert refused.status_code == 422
    assert 'value="min at office"' in refused.text
    assert house.post("min", f"{ACCOUNT}/mail/stop").status_code == 303
    with mailing.database.reading() as session:
        assert session.scalars(select(StaffMail)).all() == []


def test_the_former_address_is_told_that_mail_goes_elsewhere(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    database = mail_room.house.deployment.database
    with clock.stopped_at(mail_room.now), database.writing() as session:
        who = mail_room.house.deployment.staff_id(session, "min")
        for address in (FORMER, FORMER, "new@office.example.cn"):
            leave_mail(session, who, address)
        stop_mail(session, who)
    with database.reading() as session:
        queued = session.scalars(select(OutboundText)).all()
        assert [one.template for one in queued] == ["staff_mail_moved"] * 2
        assert not any(b"office" in (one.sealed or b"") for one in queued)
    mail_room.send()
    assert sorted(mail_outside.recipients) == [FORMER, "new@office.example.cn"]
    assert {mail["Subject"] for mail in mail_outside.mails} == {"以后不再往这里发邮件"}
    assert "不是您自己办的，马上打电话告诉办公室负责人" in mail_outside.bodies[0]
    with database.reading() as session:
        assert set(session.scalars(select(OutboundText.sealed))) == {None}


def test_nobody_else_has_mails_sent_to_addresses_of_his_own(
    mail_room: MailRoom, mail_outside: MailServer
) -> None:
    """Whoever has the public process can write into the queue, and seal to the worker."""
    database = mail_room.house.deployment.database
    with clock.stopped_at(mail_room.now), database.writing() as session:
        who = mail_room.house.deployment.staff_id(session, "min")
        tell_former_address(session, who, FORMER)
        forged = vault_of(session).seal_to_worker(b"a@example.cn", context_of_former(who))
        session.scalars(select(OutboundText)).one().sealed = forged
    mail_room.send()
    assert (mail_room.state(), mail_outside.taken) == (TextState.DEAD, [])


def test_without_mail_no_account_offers_it(deployment: Deployment) -> None:
    house = House(deployment).move_in()
    assert "邮" not in house.get("min", ACCOUNT).split("<main")[1]
    assert house.post("min", f"{ACCOUNT}/mail", mail="min@office.example.cn").status_code == 404
