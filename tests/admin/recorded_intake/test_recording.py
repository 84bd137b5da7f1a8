"""What comes by telephone, visit or letter, written down through the real application."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from admin.ledger.finding import private_of
from intake import correspondence
from intake.cases.event import Event
from intake.cases.message import Message, MessageKind
from intake.cases.recorded import Recorded
from portal.foundation import clock
from tests.admin.desk.people import TIP_OFF, Desks
from tests.admin.recorded_intake.clerk import (
    SAID,
    check,
    form,
    own_entries,
    post,
    record,
    show,
)
from tests.intake.pages.journey import opened


def letters(desks: Desks, number: str, unit: str, *kinds: MessageKind) -> list[str]:
    case = desks.stored(number)
    with desks.deployment.database.reading() as session:
        found = correspondence.read_as_unit(session, case, frozenset({unit}), kinds)
        return [one.text for one in found]


@pytest.mark.parametrize("channel", ["telephone", "visit", "letter"])
def test_what_is_written_down_becomes_a_case(desks: Desks, channel: str) -> None:
    receipt = record(desks, channel=channel, policy="MZ11", contact_phone="13907123456")
    number, code = receipt.receipt
    case = desks.stored(number)

    assert (case.channel, case.unit_code, case.identity) == (channel, "MZ", "phone")
    assert letters(desks, number, "MZ", MessageKind.WORDS) == [SAID]
    assert letters(desks, number, "MZ", MessageKind.CONTACT) == ["13907123456"]
    assert f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:16]}" in re.sub(r"\s+", " ", receipt.text)
    assert "/progress" in receipt.text
    with desks.deployment.database.reading() as session:
        (entry,) = session.scalars(select(Recorded)).all()
        who = desks.deployment.staff_id(session, "clerk")
        registered = session.scalars(select(Event).where(Event.name == "registered")).one()
        assert (entry.staff_id, registered.staff_id) == (who, who)
        # Nobody of the staff wrote the words: he only wrote them down.
        assert set(session.scalars(select(Message.staff_id))) == {None}


def test_the_words_are_read_back_and_nothing_is_stored_before(desks: Desks) -> None:
    asked = form(desks)
    # The number is asked for before the words.
    assert asked.html.index('name="contact_phone"') < asked.html.index('name="words"')
    assert asked.fields["case_kind"] == "complaint"
    read_back = check(desks, policy="MZ11", place="", contact_phone="027-85481234")
    edited = post(desks, "clerk", "telephone", read_back.fields, step="edit")

    assert "读给来件人听" in read_back.heading
    assert SAID in read_back.main
    assert "区民政局" in read_back.text
    assert edited.fields["words"] == SAID
    assert edited.fields["contact_phone"] == "027-85481234"
    # Whoever presses Enter doesn't register what nobody has read back.
    assert "读给来件人听" in post(desks, "clerk", "telephone", edited.fields).heading
    assert own_entries(desks, "clerk") == []


def test_a_tip_off_is_told_without_its_unit(desks: Desks) -> None:
    typed = {"case_kind": "tip_off", "words": "有人扣了老人的钱", "policy": "MZ11"}
    read_back = check(desks, **typed, accused="民意街道办事处")
    receipt = record(desks, **typed, accused="民意街道办事处")

    assert "最晚在这一天" in read_back.text
    assert "区民政局" not in read_back.text
    assert "区民政局" not in receipt.text
    page = opened(desks.get("clerk", f"/staff/recorded/{receipt.receipt[0]}"))
    assert page.status == 200
    assert "已登记" in page.text
    assert "民政" not in page.text


@pytest.mark.parametrize("kind", ["petition", "disclosure_request"])
def test_what_the_law_asks_is_asked(desks: Desks, kind: str) -> None:
    refused = check(desks, case_kind=kind)
    assert refused.status == 422
    assert "这一种要写真名，请写姓名" in refused.text
    assert refused.fields["words"] == SAID
    assert (
        check(desks, case_kind=kind, contact_name="王", contact_phone="13907123456").status == 200
    )


def test_five_may_come_for_others_and_no_sixth(desks: Desks) -> None:
    names = ["王一", "王二", "王三", "王四", "王五", "王六"]
    refused = check(desks, channel="visit", representatives="\n".join(names))
    assert refused.status == 422
    assert "代表不得超过5人（《信访工作条例》第二十条）" in refused.text
    assert refused.fields["representatives"] == "\n".join(names)

    number, _ = record(
        desks, channel="visit", policy="MZ11", representatives="王一、王二\n王三，王四 王五"
    ).receipt
    kept = letters(desks, number, "MZ", MessageKind.REPRESENTATIVES)
    assert kept == ["王一\n王二\n王三\n王四 王五"]
    # They lie with what tells who he is, which is opened with a reason.
    answer = desks.act("mz-officer", number, "identity", reason="ask")
    assert "王三" in answer.text
    assert "王三" not in desks.get("mz-officer", f"/staff/cases/{number}").text
    with desks.deployment.database.reading() as session:
        # What the ledger and the public may not repeat.
        assert "王三" in private_of(session, desks.stored(number), "BGS").names


def test_a_letter_counts_from_the_day_it_came(desks: Desks) -> None:
    came = clock.today() - timedelta(days=10)
    number, _ = record(desks, channel="letter", policy="MZ11", received_on=came.isoformat()).receipt
    today, _ = record(desks, channel="letter", policy="MZ11").receipt
    early, late = desks.stored(number), desks.stored(today)

    assert early.registered_on == came
    assert early.answer_by < late.answer_by
    with desks.deployment.database.reading() as session:
        facts = session.scalars(
            select(Event.facts).where(Event.name == "received", Event.case_id == early.id)
        ).all()
    assert facts == [{"on": came.isoformat()}]


@pytest.mark.parametrize("days", [-1, 400])
def test_a_letter_of_another_time_is_a_slip(desks: Desks, days: int) -> None:
    day = (clock.today() - timedelta(days=days)).isoformat()
    assert check(desks, channel="letter", received_on=day).status == 422
    assert check(desks, channel="letter", received_on="昨天").status == 422


def test_the_same_form_sent_again_shows_the_same_receipt(desks: Desks) -> None:
    read_back = check(desks)
    first = post(desks, "clerk", "telephone", read_back.fields, step="register")
    again = post(desks, "clerk", "telephone", read_back.fields, step="register")

    assert first.receipt == again.receipt
    assert own_entries(desks, "clerk") == [first.receipt[0]]
    # No address shows the code.
    for path in ("/staff/recorded", f"/staff/recorded/{first.receipt[0]}"):
        assert first.receipt[1][:4] not in desks.get("clerk", path).text


def test_a_colleague_with_the_same_form_gets_a_case_of_his_own(desks: Desks) -> None:
    read_back = check(desks)
    first = post(desks, "clerk", "telephone", read_back.fields, step="register")
    token = form(desks, "mz-clerk").fields["csrf_token"]
    other = post(
        desks, "mz-clerk", "telephone", read_back.fields, step="register", csrf_token=token
    )
    assert other.receipt[0] != first.receipt[0]
    assert other.receipt[1] != first.receipt[1]


def test_a_clerk_sees_his_own_entries_and_no_case(desks: Desks) -> None:
    by_web, tip_off = desks.case(), desks.case(TIP_OFF)
    mine = [record(desks, words=f"第{n}件事，补贴没到账").receipt[0] for n in range(2)]
    of_another = record(desks, "mz-clerk", words="别人记的事").receipt[0]

    assert own_entries(desks, "clerk") == mine[::-1]
    assert own_entries(desks, "mz-clerk") == [of_another]
    for number in (by_web, tip_off, of_another, "JH00000000"):
        assert desks.get("clerk", f"/staff/recorded/{number}").status_code == 404
    shown = desks.get("clerk", "/staff/recorded").text
    assert "第1件事" not in shown
    for path in ("/staff/cases", f"/staff/cases/{mine[0]}", "/staff/office", "/staff/problems"):
        assert desks.get("clerk", path).status_code == 404


def test_the_list_is_cut_into_pages(desks: Desks) -> None:
    desks.at("clerk")
    with desks.deployment.database.reading() as session:
        who = desks.deployment.staff_id(session, "clerk")
    numbers = []
    for n in range(23):
        with clock.stopped_at(clock.now() - timedelta(minutes=60 - n)):
            numbers.append(desks.case(words=f"第{n}件", recorded_by=who))
    record(desks, "mz-clerk")
    newest = numbers[::-1]

    assert own_entries(desks, "clerk") == newest[:20]
    assert own_entries(desks, "clerk", f"?after={newest[19]}") == newest[20:]
    assert own_entries(desks, "clerk", f"?before={newest[20]}") == newest[:20]
    assert own_entries(desks, "clerk", "?after=JH00000000") == newest[:20]


@pytest.mark.parametrize("accused", ["区民政局", "登记乙"])
def test_who_writes_down_that_he_is_accused_keeps_the_receipt_only(
    desks: Desks, accused: str
) -> None:
    kept = record(desks, "mz-clerk").receipt[0]
    read_back = check(
        desks,
        "mz-clerk",
        case_kind="tip_off",
        words=f"{accused}克扣了补贴的钱",
        accused=accused,
        policy="MZ11",
    )
    receipt = post(desks, "mz-clerk", "telephone", read_back.fields, step="register")
    number, code = receipt.receipt

    assert own_entries(desks, "mz-clerk") == [kept]
    assert desks.get("mz-clerk", f"/staff/recorded/{number}").status_code == 404
    assert desks.get("office", f"/staff/cases/{number}").status_code == 200
    # The answer of an earlier press may have got lost.
    again = post(desks, "mz-clerk", "telephone", read_back.fields, step="register")
    assert again.receipt == (number, code)


def test_an_officer_records_for_another_unit(desks: Desks) -> None:
    number = record(desks, "rs-officer", policy="MZ11").receipt[0]
    assert own_entries(desks, "rs-officer") == [number]
    assert desks.get("rs-officer", f"/staff/cases/{number}").status_code == 404
    assert number in desks.list("mz-officer")
    assert "登记（电话）" in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_others_have_no_such_room(desks: Desks) -> None:
    for name in ("publisher", "auditor", "admin", "discipline"):
        assert desks.get(name, "/staff/recorded").status_code == 404
        assert "/staff/recorded" not in desks.get(name, "/staff/account").text


def test_the_code_on_the_receipt_opens_nothing_at_once(desks: Desks) -> None:
    _, code = record(desks, policy="MZ11").receipt
    page = show(desks.deployment.citizen(), code)
    assert page.heading == "换一个只有您知道的查询码"
    assert SAID not in page.html
    assert "民政" not in page.main
