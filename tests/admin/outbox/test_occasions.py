"""Who is told of what by text, and who never."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk import asking, declining, extending
from admin.desk.hand import Hand
from admin.desk.kind_change import put_kind
from admin.desk.proposal import Ground
from intake.cases.case import Case, Channel, Identity
from intake.outbox.notice_address import NoticeAddress
from intake.rules.sending import Medium, TextState
from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.admin.outbox.conftest import PostRoom
from tests.intake.pages.journey import report, show
from tests.text_provider import TextProvider


def templates(room: PostRoom, number: str = "") -> list[str]:
    return [one.template for one in room.texts(number)]


def case(room: PostRoom, **said: object) -> str:
    with clock.stopped_at(room.now):
        return room.house.case(**said)


def test_each_occasion_has_its_notice(room: PostRoom) -> None:
    number = room.answered()
    room.close(number)
    assert templates(room) == ["replied", "closed", "rate"]


def test_asking_extending_and_declining(room: PostRoom) -> None:
    number = case(room)
    room.ask(number, "是哪张卡？")
    with clock.stopped_at(room.now):
        act = room.house.act
        act(number, lambda s, c, h: extending.propose_extension(s, c, h, days=3, reason="要对账"))
        act(number, extending.extend, head=True)
        act(
            number,
            lambda s, c, h: declining.propose_decline(
                s, c, h, ground=Ground.NO_CONTENT, door="", reason="没有写事情"
            ),
        )
        act(number, declining.decline, head=True)
    assert templates(room) == ["asked", "extended", "declined"]


def test_a_correction_names_its_day(room: PostRoom, outside: TextProvider) -> None:
    number = case(room, kind=Kind.DISCLOSURE_REQUEST)
    until = date(2022, 7, 1)
    with clock.stopped_at(room.now):
        room.house.act(number, asking.confirm_receipt)
        room.house.act(
            number, lambda s, c, h: asking.ask_for_correction(s, c, h, what="写明年份", until=until)
        )
    room.send()
    assert "最晚2022年7月1日" in outside.bodies[0]


def test_of_a_tip_off_only_that_there_is_news(room: PostRoom, outside: TextProvider) -> None:
    number = case(room, kind=Kind.TIP_OFF, accused="区民政局", texts_wanted=True)
    with clock.stopped_at(room.now):
        room.house.act(number, lambda s, c, h: asking.ask_reporter(s, c, h, "哪一年的事？"))
    room.send()
    (body,) = outside.bodies
    assert (
        body == f"编号{number}有新消息。请凭查询码上网看，或者发“查”加查询码。不收通知，发“退订”。"
    )


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"identity": Identity.ANONYMOUS, "contact_phone": ""}, id="anonymous"),
        pytest.param({"contact_phone": "02785481234"}, id="a fixed line"),
        pytest.param({"kind": Kind.TIP_OFF}, id="a tip-off whose writer didn't say so"),
        pytest.param({"channel": Channel.HOTLINE, "recorded_by": 1}, id="another line's case"),
    ],
)
def test_who_is_never_texted(room: PostRoom, said: dict[str, object]) -> None:
    number = case(room, **said)
    with clock.stopped_at(room.now):
        room.house.act(number, lambda s, c, h: asking.ask_reporter(s, c, h, "哪一年的事？"))
    assert templates(room) == []


def test_a_case_that_becomes_a_tip_off_is_texted_about_no_more(room: PostRoom) -> None:
    number = case(room)
    with clock.stopped_at(room.now):
        room.house.act(
            number, lambda s, c, h: put_kind(s, c, h, Kind.TIP_OFF, reason="写的是违法的事。")
        )
    assert templates(room) == []
    with room.house.deployment.database.reading() as session:
        assert session.scalars(select(NoticeAddress)).all() == []


def test_what_waits_untried_is_renewed_and_not_doubled(
    room: PostRoom, outside: TextProvider
) -> None:
    number = case(room)
    room.ask(number, "是哪张卡？")
    room.ask(number, "是哪家银行？")
    assert templates(room) == ["asked"]
    room.send()
    room.ask(number, "是哪一年？")
    assert templates(room) == ["asked", "asked"]


def test_staff_read_that_it_was_sent_and_no_number(room: PostRoom) -> None:
    number = room.answered()
    room.send()
    with clock.stopped_at(room.now + timedelta(minutes=1)):
        page = room.house.get("min", f"/staff/cases/{number}")
    assert "已发短信通知（有答复了）" in page
    assert "13907123456" not in page


def test_the_reporter_reads_that_he_was_texted(room: PostRoom) -> None:
    said = {"words": "高龄津贴没发", "identity": "phone", "contact_phone": "13907123456"}
    with clock.stopped_at(room.now):
        citizen = room.house.deployment.citizen()
        number, code = report(citizen, "complaint", policy="MZ11", problem="1.2", **said).receipt
    room.ask(number, "是哪张卡？")
    room.send()
    with clock.stopped_at(room.now):
        assert "给您发了短信" in show(citizen, code).text


def test_a_refused_act_leaves_no_notice(room: PostRoom) -> None:
    number = case(room)

    def ask_and_fail(session: Session, case: Case, hand: Hand) -> None:
        asking.ask_reporter(session, case, hand, "哪张卡？")
        raise asking.WrongDay

    with clock.stopped_at(room.now), pytest.raises(asking.WrongDay):
        room.house.act(number, ask_and_fail)
    assert templates(room) == []


def test_withdrawn_is_never_texted(room: PostRoom) -> None:
    number = case(room)
    room.ask(number, "是哪张卡？")
    with room.house.deployment.database.writing() as session:
        found = session.scalars(select(Case).where(Case.number == number)).one()
        session.delete(session.get_one(NoticeAddress, (found.id, Medium.TEXT)))
    room.send()
    assert room.state() is TextState.STOPPED
