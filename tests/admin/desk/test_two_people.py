"""What takes two people: answers that the office reviews too, extensions, declining."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from intake.cases.case import Identity
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.admin.desk.reporter import page_of
from tests.admin.documents.papers import OPINION, drafted, issue, issued

PETITION: dict[str, Any] = {
    "kind": Kind.PETITION,
    "identity": Identity.REAL_NAME,
    "contact_name": "王五",
    "contact_phone": "13800000000",
}
REPLY = "查清了，少发的三个月下周补上"
OUTCOME = {"handling-opinion": "support", "disclosure-answer": "disclosed"}


def begun(desks: Desks, **changed: Any) -> tuple[str, str]:
    """The number and the code of a case that its unit has accepted."""
    registered = desks.register(**changed)
    number = registered.case.number
    accept = "accept-petition" if changed.get("kind") is Kind.PETITION else "accept"
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", accept, ""))
    return number, registered.query_code


def test_a_petition_is_signed_by_the_head_and_released_by_the_office(desks: Desks) -> None:
    number, code = begun(desks, **PETITION)
    desks.through(number, ("mz-officer", "draft", REPLY))
    head = desks.get("mz-head", f"/staff/cases/{number}").text
    assert "/sign?" in head
    assert "/reply?" not in head

    desks.through(number, ("mz-head", "sign", ""))

    assert desks.stored(number).state is State.REVIEWED
    assert REPLY not in page_of(desks, code).text
    assert desks.list("mz-officer", "tab=reviewed") == [number]
    for absent in ("/release?", "/sign?", "/reply?"):
        assert absent not in desks.get("mz-head", f"/staff/cases/{number}").text
    issued(desks, number)
    desks.through(number, ("office", "release", ""))
    assert desks.stored(number).state is State.REPLIED
    assert REPLY in page_of(desks, code).text


def test_the_office_sends_back_what_the_head_had_signed(desks: Desks) -> None:
    number, _ = begun(desks, **PETITION)
    desks.through(
        number,
        ("mz-officer", "draft", REPLY),
        ("mz-head", "sign", ""),
        ("office", "send-back", "没有写明怎样申请复查"),
    )
    assert desks.stored(number).state is State.ACCEPTED
    assert "没有写明怎样申请复查" in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_whoever_wrote_it_neither_signs_nor_releases(desks: Desks) -> None:
    number, _ = begun(desks, **PETITION)
    desks.through(number, ("mz-head", "draft", REPLY))
    fields = desks.form("mz-head", number, "note")
    answer = desks.at("mz-head").post(f"/staff/cases/{number}/sign", data=fields)
    assert answer.status_code == 409
    assert desks.stored(number).state is State.DRAFTED


def test_who_signed_in_the_heads_stead_doesnt_release_it_for_the_office(desks: Desks) -> None:
    number, code = begun(desks, **PETITION)
    desks.through(number, ("mz-officer", "draft", REPLY), ("office", "sign", ""))
    issued(desks, number)

    assert "/release?" not in desks.get("office", f"/staff/cases/{number}").text
    fields = desks.form("office", number, "note")
    refused = desks.at("office").post(f"/staff/cases/{number}/release", data=fields)
    assert refused.status_code == 409
    assert "不能再代办公室审核" in refused.text
    assert REPLY not in page_of(desks, code).text

    desks.through(number, ("office-head", "release", ""))
    assert REPLY in page_of(desks, code).text


def test_two_of_the_office_are_enough_for_what_it_has_itself(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused="区民政局")
    desks.change(number, state=State.ASSIGNED)
    desks.through(
        number,
        ("office", "sign-for", ""),
        ("office", "accept", ""),
        ("office", "draft", REPLY),
        ("office-head", "sign", ""),
        ("office-head", "release", ""),
    )
    assert desks.stored(number).state is State.REPLIED


@pytest.mark.parametrize(
    ("kind", "slug", "name"),
    [
        (Kind.PETITION, "handling-opinion", "信访处理意见书"),
        (Kind.DISCLOSURE_REQUEST, "disclosure-answer", "信息公开答复书"),
    ],
)
def test_what_the_law_wants_in_writing_isnt_answered_without(
    desks: Desks, kind: Kind, slug: str, name: str
) -> None:
    number, code = begun(desks, **PETITION | {"kind": kind})
    desks.through(number, ("mz-officer", "draft", REPLY))
    way = ("mz-head", "reply")
    if kind is Kind.PETITION:
        desks.through(number, ("mz-head", "sign", ""))
        way = ("office", "release")
    key = drafted(desks, number, slug=slug, **OPINION | {"outcome": OUTCOME[slug]})

    refused = desks.act(*way[:1], number, way[1])

    assert refused.status_code == 409
    assert f"还没有签发《{name}》" in refused.text
    assert f'href="/staff/cases/{number}/documents"' in refused.text
    assert REPLY not in page_of(desks, code).text
    assert issue(desks, number, key).status_code == 303
    desks.through(number, (*way, ""))
    assert REPLY in page_of(desks, code).text


def test_a_petition_of_another_route_is_answered_as_its_procedure_has_it(desks: Desks) -> None:
    number = desks.case(**PETITION)
    desks.through(number, ("mz-officer", "sign-for", ""))
    desks.act("mz-officer", number, "accept-petition", route="1")
    desks.through(
        number, ("mz-officer", "draft", REPLY), ("mz-head", "sign", ""), ("office", "release", "")
    )
    assert desks.stored(number).state is State.REPLIED


def test_a_complaint_needs_its_head_alone(desks: Desks) -> None:
    number, code = begun(desks)
    desks.through(number, ("mz-officer", "draft", REPLY), ("mz-head", "reply", ""))
    assert REPLY in page_of(desks, code).text


def test_more_time_is_asked_for_agreed_to_and_told(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        number, code = begun(desks)
        noise = desks.case(NOISE)
        assert "6月27日" in page_of(desks, code).text
        answer = desks.act(
            "mz-officer", number, "propose-extension", days="11", words="银行流水还没有调齐"
        )
        assert (answer.status_code, "要写1到10" in answer.text) == (422, True)
        answer = desks.act(
            "mz-officer", number, "propose-extension", days="8", words="银行流水还没有调齐"
        )
        assert answer.status_code == 303
        assert "银行流水还没有调齐" not in page_of(desks, code).text
        own = desks.get("mz-officer", f"/staff/cases/{number}").text
        assert "等着批：延期" in own
        assert "/extend?" not in own
        assert "银行流水" in desks.get("mz-head", f"/staff/cases/{number}/extend").text

        desks.through(number, ("mz-head", "extend", ""))

        stored = desks.stored(number)
        assert (stored.due_clock, stored.answer_by) == ("reply", date(2022, 7, 7))
        reads = page_of(desks, code).text
        assert "7月7日" in reads
        assert "银行流水还没有调齐" in reads
        assert desks.stored(noise).answer_by == date(2022, 6, 27)
        assert "/propose-extension?" not in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_a_refused_extension_changes_no_date_and_is_not_told(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = begun(desks)
        desks.act("mz-officer", number, "propose-extension", days="8", words="忙不过来")
        desks.through(number, ("mz-head", "refuse-extension", "这不是理由，按期办"))
        assert desks.stored(number).answer_by == date(2022, 6, 27)
        assert "忙不过来" not in page_of(desks, code).text
        own = desks.get("mz-officer", f"/staff/cases/{number}").text
        assert "这不是理由，按期办" in own
        assert "/propose-extension?" in own


def test_after_the_date_nobody_extends(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, _ = begun(desks)
        desks.act("mz-officer", number, "propose-extension", days="8", words="材料不齐")
    with desks.on("2022-06-28"):
        page = desks.get("mz-officer", f"/staff/cases/{number}").text
        assert "超期" in page
        fields = desks.form("mz-head", number, "note")
        answer = desks.at("mz-head").post(f"/staff/cases/{number}/extend", data=fields)
        assert answer.status_code == 409
        assert desks.stored(number).answer_by == date(2022, 6, 27)


def test_a_consultation_is_never_extended(desks: Desks) -> None:
    number, _ = begun(desks, kind=Kind.CONSULTATION)
    assert "/propose-extension?" not in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_declining_needs_a_ground_a_door_and_a_second_person(desks_on_each: Desks) -> None:
    desks = desks_on_each
    registered = desks.register()
    number, code = registered.case.number, registered.query_code
    desks.through(number, ("mz-officer", "sign-for", ""))
    answer = desks.act("mz-officer", number, "propose-decline", words="请向法院起诉")
    assert (answer.status_code, "请选依据" in answer.text) == (422, True)
    assert "请向法院起诉" in answer.text
    answer = desks.act(
        "mz-officer",
        number,
        "propose-decline",
        ground="other_procedure",
        door="法院诉讼服务热线，电话12368",
        words="这件已经在打官司，请等法院判",
    )
    assert answer.status_code == 303
    assert "官司" not in page_of(desks, code).text
    assert desks.act("mz-officer", number, "decline").status_code == 409

    desks.through(number, ("mz-head", "decline", ""))

    assert desks.stored(number).state is State.DECLINED
    reads = page_of(desks, code).text
    for told in ("法定的路", "请等法院判", "12368", "不在这里办"):
        assert told in reads
    assert desks.list("mz-officer", "tab=closed") == [number]


def test_the_petition_rules_are_no_ground_against_a_request_for_information(desks: Desks) -> None:
    request = desks.case(kind=Kind.DISCLOSURE_REQUEST)
    page = desks.get("mz-officer", f"/staff/cases/{request}/propose-decline").text
    assert "信访工作条例" not in page
    assert "没有写具体的事" in page
    answer = desks.act("mz-officer", request, "propose-decline", ground="final", words="我写的话")
    assert (answer.status_code, "我写的话" in answer.text) == (422, True)


def test_a_refused_decline_leaves_the_case_in_work(desks: Desks) -> None:
    registered = desks.register()
    number = registered.case.number
    desks.through(number, ("mz-officer", "sign-for", ""))
    desks.act("mz-officer", number, "propose-decline", ground="no_content", words="没有写具体的事")
    desks.through(number, ("office", "refuse-decline", "打个电话就问得清"))
    assert desks.stored(number).state is State.SIGNED_FOR
    assert "没有写具体的事" not in page_of(desks, registered.query_code).text


def test_a_proposal_lapses_with_the_unit(desks: Desks) -> None:
    number = desks.case()
    desks.act("mz-officer", number, "propose-decline", ground="no_content", words="看不懂")
    desks.act("office", number, "sort", unit="RS")
    assert "等着批" not in desks.get("rs-officer", f"/staff/cases/{number}").text
    assert desks.act("office", number, "decline").status_code == 409


@pytest.mark.parametrize("act", ["propose-extension", "propose-decline", "ask", "mark-urgent"])
def test_who_may_not_see_the_case_finds_no_such_act(desks: Desks, act: str) -> None:
    number = desks.case(TIP_OFF, accused="民政局")
    assert desks.get("mz-officer", f"/staff/cases/{number}/{act}").status_code == 404
