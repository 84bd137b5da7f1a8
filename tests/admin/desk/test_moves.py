"""The moves of a case as officers make them: who may, what each needs, and two at once."""

from __future__ import annotations

import re

import pytest

from intake import correspondence
from intake.cases.case import Identity
from intake.cases.message import MessageKind
from intake.rules.lifecycle import State
from intake.vault.compartment import Compartment, NotAHolder, open_compartment
from intake.vault.holders import CompartmentName
from intake.vault.query_codes import reporter_keys
from tests.admin.desk.people import TIP_OFF, UNCLEAR, WORDS, Desks, hidden

REPLY = "查清了，少发的三个月下周补上"


def test_a_case_goes_from_signing_to_the_answer_the_reporter_reads(desks_on_each: Desks) -> None:
    desks = desks_on_each
    registered = desks.register()
    number = registered.case.number

    desks.through(
        number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", REPLY),
    )
    assert REPLY in desks.get("mz-head", f"/staff/cases/{number}/reply").text
    desks.through(number, ("mz-head", "reply", ""), ("mz-officer", "close", ""))

    assert desks.stored(number).state is State.CLOSED
    with desks.deployment.database.reading() as session:
        keys = reporter_keys(registered.query_code)
        read = correspondence.read_as_reporter(
            session, registered.case, keys, [MessageKind.REPLY, MessageKind.DRAFT]
        )
    assert [letter.text for letter in read] == [REPLY]


def test_only_what_is_allowed_now_is_offered(desks: Desks) -> None:
    number = desks.case()

    fresh = desks.get("mz-officer", f"/staff/cases/{number}").text

    assert f"/staff/cases/{number}/sign-for?" in fresh
    assert f"/staff/cases/{number}/return?" in fresh
    for absent in ("accept", "draft", "reply", "close", "sort", "withhold", "recuse", "look"):
        assert f"/{absent}?" not in fresh
    assert WORDS in fresh
    assert "disabled" not in fresh


@pytest.mark.parametrize("act", ["accept", "reply", "close", "look", "withhold", "recuse"])
def test_what_is_not_offered_is_refused_when_sent_all_the_same(desks: Desks, act: str) -> None:
    number = desks.case()
    fields = desks.form("mz-officer", number, "sign-for") | {"words": "x", "unit": "RS"}

    answer = desks.at("mz-officer").post(f"/staff/cases/{number}/{act}", data=fields)

    assert answer.status_code == 409
    assert (desks.stored(number).state, desks.stored(number).version) == (State.ASSIGNED, 1)


def test_whoever_wrote_the_reply_cannot_send_it(desks: Desks) -> None:
    number = desks.case()
    desks.through(
        number, ("mz-head", "sign-for", ""), ("mz-head", "accept", ""), ("mz-head", "draft", REPLY)
    )
    page = desks.get("mz-head", f"/staff/cases/{number}")

    assert "/reply?" not in page.text
    fields = desks.form("mz-head", number, "note")
    answer = desks.at("mz-head").post(f"/staff/cases/{number}/reply", data=fields)
    assert answer.status_code == 409
    assert "要由另一个人来定" in answer.text
    assert desks.stored(number).state is State.DRAFTED


def test_a_reply_sent_back_comes_to_its_writer_with_the_reason(desks: Desks) -> None:
    number = desks.case()
    desks.through(
        number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", REPLY),
        ("mz-head", "send-back", "请写清是哪三个月"),
    )

    page = desks.get("mz-officer", f"/staff/cases/{number}").text

    assert "请写清是哪三个月" in page
    assert f"{REPLY}</textarea>" in page.replace("\r\n", "")


def test_the_later_of_two_gets_his_text_back_and_learns_who_was_faster(desks: Desks) -> None:
    number = desks.case()
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    seen = desks.form("mz-officer", number, "draft")
    desks.through(number, ("mz-second", "note", "我先打个电话"))

    late = desks.at("mz-officer").post(
        f"/staff/cases/{number}/draft", data={**seen, "words": REPLY}
    )

    assert late.status_code == 409
    assert REPLY in late.text
    assert "记了一笔，民政乙经办" in late.text
    assert desks.stored(number).state is State.ACCEPTED
    again = desks.at("mz-officer").post(
        f"/staff/cases/{number}/draft", data={**hidden(late.text), "words": REPLY}
    )
    assert again.status_code == 303


@pytest.mark.parametrize("words", ["", "  \r\n 　"])
def test_a_text_that_says_nothing_is_asked_for_again(desks: Desks, words: str) -> None:
    number = desks.case()

    for act in ("note", "return"):
        answer = desks.act("mz-officer", number, act, words=words)
        assert answer.status_code == 422
        assert "有误：" in answer.text
    assert desks.stored(number).version == 1


def test_a_choice_that_isnt_offered_is_refused_in_chinese(desks: Desks) -> None:
    number = desks.case()

    answer = desks.act("mz-officer", number, "return", words="不归我们管", unit="XX")

    assert answer.status_code == 422
    assert "不是有效的选择" in answer.text
    assert "valid" not in re.sub(r"novalidate|aria-invalid", "", answer.text)
    assert "不归我们管" in answer.text


def test_what_was_chosen_stays_when_the_reason_is_missing(desks: Desks) -> None:
    number = desks.case()

    answer = desks.act("mz-officer", number, "return", words="", unit="RS")

    assert '<option selected value="RS">' in answer.text


def test_a_returned_case_goes_to_the_office_with_reason_and_proposal(desks: Desks) -> None:
    number = desks.case()

    answer = desks.act("mz-officer", number, "return", words="不归我们管", unit="RS")

    assert answer.status_code == 303
    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
    page = desks.get("office", f"/staff/cases/{number}").text
    assert "不归我们管" in page
    assert "建议交给区人力资源局。" in page
    assert "退单1次" in desks.get("office", "/staff/cases").text


def test_assigning_moves_the_keys_with_the_case(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number = desks.case()
    desks.through(number, ("mz-officer", "note", "先看看"))

    assert desks.act("office", number, "sort", unit="RS").status_code == 303

    assert WORDS in desks.get("rs-officer", f"/staff/cases/{number}").text
    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
    with desks.deployment.database.reading() as session:
        for box in session.query(Compartment).where(Compartment.label == f"case:{number}"):
            if box.name != CompartmentName.TRIAGE:
                open_compartment(session, box, frozenset({"RS"}))
            with pytest.raises(NotAHolder):
                open_compartment(session, box, frozenset({"MZ"}))


def test_an_unclear_case_is_assigned_from_triage(desks: Desks) -> None:
    number = desks.case(UNCLEAR)

    answer = desks.act("office", number, "sort", unit="RS")

    assert f"已分件：{number}。" in desks.get("office", answer.headers["Location"]).text
    assert desks.list("rs-officer") == [number]


def test_a_unit_reads_the_extract_where_the_words_would_betray(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused="民意街道")
    before = desks.get("mz-officer", f"/staff/cases/{number}").text

    assert desks.act("office", number, "withhold", words="有人反映克扣").status_code == 303

    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert TIP_OFF.words in before
    assert TIP_OFF.words not in page
    assert "有人反映克扣" in page
    office = desks.get("office", f"/staff/cases/{number}").text
    assert TIP_OFF.words in office


def test_departments_read_the_times_of_a_tip_off_by_the_day(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused="民意街道")
    desks.through(number, ("mz-officer", "note", "先查发放记录"))

    page = desks.get("mz-officer", f"/staff/cases/{number}").text

    assert not re.search(r"\d{1,2}:\d\d", page)


def test_the_office_looks_once(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused="民意街道")

    assert desks.act("office", number, "look").status_code == 303

    assert "/look?" not in desks.get("office", f"/staff/cases/{number}").text
    assert "办公室看过" in desks.get("office", f"/staff/cases/{number}").text


def test_a_contact_is_opened_with_a_reason_and_shown_once(desks: Desks) -> None:
    number = desks.case(
        identity=Identity.REAL_NAME, contact_name="赵某样例", contact_phone="13800001111"
    )
    assert "13800001111" not in desks.get("mz-officer", f"/staff/cases/{number}").text

    refused = desks.act("mz-officer", number, "identity")
    opened = desks.act("mz-officer", number, "identity", reason="answer")

    assert refused.status_code == 422
    assert (opened.status_code, opened.headers["Cache-Control"]) == (200, "no-store")
    assert "赵某样例" in opened.text
    assert "13800001111" in opened.text
    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert "打开联系方式：当面或者打电话答复" in page
    assert "13800001111" not in page


def test_the_contact_of_a_tip_off_stays_with_the_office(desks: Desks) -> None:
    number = desks.case(
        TIP_OFF, accused="民意街道", identity=Identity.PHONE, contact_phone="13800001111"
    )

    unit = desks.get("mz-officer", f"/staff/cases/{number}")
    forged = desks.at("mz-officer").post(
        f"/staff/cases/{number}/identity", data={**hidden(unit.text), "reason": "ask"}
    )

    assert "/identity?" not in unit.text
    assert forged.status_code == 409
    assert "13800001111" not in forged.text
    assert "13800001111" in desks.act("office", number, "identity", reason="ask").text


def test_after_an_act_one_is_where_one_was(desks: Desks) -> None:
    number = desks.case()
    page = desks.get("mz-officer", f"/staff/cases/{number}?list=tab%3Dopen%26kind%3Dcomplaint")

    answer = desks.at("mz-officer").post(
        f"/staff/cases/{number}/sign-for",
        data=hidden(page.text) | {"list": "tab=open&kind=complaint&evil=//elsewhere"},
    )

    assert answer.headers["Location"].startswith("/staff/cases?tab=open&kind=complaint&done=")
    told = desks.get("mz-officer", answer.headers["Location"]).text
    status = told[told.index('role="status"') :]
    assert f"已签收：{number}。" in status[: status.index("</div>")]
