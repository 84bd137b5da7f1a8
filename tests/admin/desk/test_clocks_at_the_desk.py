"""What stops a clock at the desk, starts it anew, or makes it run; and what the worker does when a
date comes."""

from __future__ import annotations

from datetime import date
from typing import Any

from admin.system.watching import watch_dates
from intake.cases.case import Identity
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, TIP_OFF, Desks, numbers
from tests.admin.desk.reporter import adds, page_of

REQUEST: dict[str, Any] = {
    "kind": Kind.DISCLOSURE_REQUEST,
    "identity": Identity.REAL_NAME,
    "contact_name": "王五",
    "contact_phone": "13800000000",
    "words": "申请公开去年高龄津贴的发放户数",
}
PETITION: dict[str, Any] = REQUEST | {"kind": Kind.PETITION, "words": "请求补发三个月的高龄津贴"}


def page(desks: Desks, name: str, number: str) -> str:
    """A case's page."""
    return desks.get(name, f"/staff/cases/{number}").text


def test_a_question_stops_a_complaints_clock_until_the_answer(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        registered = desks.register()
        number, code = registered.case.number, registered.query_code
        desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    with desks.on("2022-06-08"):
        desks.through(number, ("mz-officer", "ask", "请问换过卡吗？"))
        assert desks.stored(number).answer_by == date(2022, 7, 11)
        asked = page_of(desks, code).text
        assert "请问换过卡吗？" in asked
        assert "等您回答" in asked
        assert "等来件人" in desks.get("mz-officer", "/staff/cases?tab=accepted").text
    with desks.on("2022-06-10"):
        adds(desks, code, "换过，三月换的")
        assert desks.stored(number).answer_by == date(2022, 6, 29)
        shown = page(desks, "mz-officer", number)
        assert "换过，三月换的" in shown
        assert "等来件人补充，不算" in shown.replace("\n", "").replace(" ", "")
        # A second question stops nothing.
        desks.through(number, ("mz-officer", "ask", "卡号后四位呢？"))
        assert desks.stored(number).answer_by == date(2022, 6, 29)


def test_a_request_counts_from_its_confirmed_receipt_and_anew_from_its_correction(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        registered = desks.register(**REQUEST)
        number, code = registered.case.number, registered.query_code
        assert "确认收到" in page_of(desks, code).text
    with desks.on("2022-06-07"):
        desks.through(number, ("mz-officer", "sign-for", ""))
        desks.through(number, ("mz-officer", "confirm-receipt", ""))
        assert desks.stored(number).answer_by == date(2022, 7, 5)
        assert "/confirm-receipt" not in page(desks, "mz-officer", number)
    with desks.on("2022-06-09"):
        answer = desks.act("mz-officer", number, "ask-correction", on="2022-06-09", words="哪一年")
        assert answer.status_code == 422
        answer = desks.act(
            "mz-officer", number, "ask-correction", on="2022-06-24", words="请写明是哪一年"
        )
        assert answer.status_code == 303
        assert "请写明是哪一年" in page_of(desks, code).text
        assert "/ask-correction?" not in page(desks, "mz-officer", number)
    with desks.on("2022-06-20"):
        adds(desks, code, "是2021年")
        assert desks.stored(number).answer_by == date(2022, 7, 18)


def test_who_does_not_correct_in_time_has_given_up(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        registered = desks.register(**REQUEST)
        number, code = registered.case.number, registered.query_code
        desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "confirm-receipt", ""))
        desks.act("mz-officer", number, "ask-correction", on="2022-06-20", words="请写明年份")
        assert "/give-up?" not in page(desks, "mz-head", number)
    with desks.on("2022-06-21"):
        assert "/give-up?" not in page(desks, "mz-officer", number)
        desks.through(number, ("mz-head", "give-up", "没有收到您的补正，这件不再处理"))
        assert desks.stored(number).state is State.CLOSED
        assert "没有收到您的补正" in page_of(desks, code).text


def test_a_third_partys_time_is_left_out(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case(**REQUEST)
        desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "confirm-receipt", ""))
        assert desks.stored(number).answer_by == date(2022, 7, 4)
        for wrong in ("2022-06-07", "2022-06-05"):
            answer = desks.act("mz-officer", number, "ask-third-party", on=wrong)
            assert (answer.status_code, "这一天不对" in answer.text) == (422, True)
        desks.act("mz-officer", number, "ask-third-party", on="2022-06-06")
        assert desks.stored(number).answer_by == date(2022, 7, 25)
    with desks.on("2022-06-16"):
        desks.act("mz-officer", number, "third-party-answered", on="2022-06-15")
        assert desks.stored(number).answer_by == date(2022, 7, 13)


def test_a_petition_goes_the_route_that_was_chosen(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        usual, court = desks.case(**PETITION), desks.case(**PETITION)
        for number, route in ((usual, "6"), (court, "1")):
            desks.through(number, ("mz-officer", "sign-for", ""))
            desks.act("mz-officer", number, "accept-petition", route=route)
        assert desks.stored(usual).due_on == date(2022, 8, 5)
        assert desks.stored(court).due_on == date(2022, 6, 27)
        assert "第三十一条第一项" in page(desks, "mz-officer", court)


def watched(desks: Desks) -> None:
    """Let the worker look at the dates."""
    watch_dates(desks.deployment.database)


def test_what_is_late_becomes_an_event_once_and_its_unit_is_reminded(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        number = desks.case()
        desks.case(NOISE)
        watched(desks)
        assert "提醒" not in page(desks, "mz-officer", number)
    with desks.on("2022-06-07"):
        watched(desks)
        watched(desks)
        assert page(desks, "mz-officer", number).count("提醒：6月7日") == 1
        assert "催办" in desks.get("mz-officer", "/staff/cases?tab=assigned").text
    with desks.on("2022-06-08", hour=7):
        watched(desks)
        assert "超期（" not in page(desks, "mz-officer", number)
    with desks.on("2022-06-08"):
        watched(desks)
        watched(desks)
        shown = page(desks, "mz-officer", number)
        assert shown.count("签收超期（6月7日，星期二到期）") == 1
        desks.through(number, ("mz-officer", "sign-for", ""))
        assert "催办" not in desks.get("mz-officer", "/staff/cases?tab=signed-for").text


def test_at_new_year_and_after_nothing_raises(desks: Desks) -> None:
    with desks.on("2026-12-30"):
        number = desks.case()
        assert "暂定" in page(desks, "mz-officer", number)
    with desks.on("2027-02-03"):
        watched(desks)
        assert "超期" in page(desks, "mz-officer", number)


def test_the_accused_hear_of_no_reminder(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case(TIP_OFF, accused="民政局")
        before = desks.get("mz-officer", "/staff/cases?tab=open").text
        desks.act("office", number, "remind", words="请尽快看")
    with desks.on("2022-06-10"):
        watched(desks)
        assert desks.list("mz-officer", "tab=open") == []
        assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
        assert "催办" not in desks.get("mz-officer", "/staff/cases?tab=open").text
        assert "催办" not in before


def test_the_office_reminds_a_unit(desks: Desks) -> None:
    number = desks.case()
    assert "/remind?" not in page(desks, "mz-officer", number)
    desks.through(number, ("office", "remind", "来件人打了三次电话"))
    assert "来件人打了三次电话" in page(desks, "mz-officer", number)
    assert "办公室催办" in page(desks, "mz-officer", number)
    listed = desks.get("mz-officer", "/staff/cases?tab=assigned")
    assert numbers(listed) == [number]
    assert "催办" in listed.text


def test_an_urgent_case_stands_first_until_the_office_says_otherwise(desks: Desks) -> None:
    first, second = desks.case(), desks.case()
    ordered = desks.list("mz-officer", "tab=assigned")
    last = ordered[-1]
    desks.through(last, ("mz-officer", "mark-urgent", "说要跳楼"))
    assert desks.list("mz-officer", "tab=assigned")[0] == last
    assert "/lift-urgency?" not in page(desks, "mz-officer", last)
    desks.through(last, ("office", "lift-urgency", "已经安抚好"))
    assert desks.list("mz-officer", "tab=assigned") == ordered
    assert {first, second} == set(ordered)
