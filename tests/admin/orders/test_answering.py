"""Answering orders: the day stops the sender's clock, the words go out as a spreadsheet, and list
and spreadsheet hold the same rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from admin.orders.demand import Demand
from admin.orders.entering import enter_alone
from intake.cases.case import Channel
from intake.rules.lifecycle import State
from tests.admin.desk.people import COMPLAINT, Desks, filled
from tests.admin.orders.clerk import (
    DAY,
    NUMBER,
    ORDER,
    act,
    case_of,
    entered,
    events,
    exported,
    listed,
    look,
    read,
    sound,
    statements,
    stored,
)
from tests.intake.pages.journey import opened

REPLY = "查过了，三个月的津贴6月22日补发到卡上。"


def replied(desks: Desks, number: str) -> None:
    """Let the unit answer the citizen."""
    desks.through(
        number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", REPLY),
        ("mz-head", "reply", ""),
    )


def test_an_answer_stops_the_sender_s_clock(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        number = entered(desks)
        assert listed(desks, "tab=ready") == []
        replied(desks, number)
        assert listed(desks, "tab=ready") == [number]
        answer = act(desks, number, "answer", words="已补发到位，来件人认可。")
        assert answer.status_code == 303
        assert stored(desks, number).answered_on.isoformat() == DAY  # type: ignore[union-attr]
        assert events(desks, number, "order_answered") == [{"on": DAY}]
        assert "回复来单期限" not in read(desks, "office", f"/staff/cases/{number}").text
        assert (listed(desks), listed(desks, "tab=answered")) == ([], [number])
        page = read(desks, "mz-officer", f"/staff/cases/{number}").text
        assert "报回来单的话" in page
        again = act_page(desks, number, 409)
        assert "已经报回过" in again


def test_an_answer_before_the_reporter_s_is_never_empty(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks)
        answer = act(desks, number, "answer", words=" ")
        assert (answer.status_code, "请写报给对方的是什么" in answer.text) == (422, True)
        assert stored(desks, number).answered_on is None
        fields = read(desks, "office", f"/staff/cases/{number}/order/answer").fields
        several = {"order": f"{number}.{desks.stored(number).version}", "on": DAY}
        answer = desks.at("office").post("/staff/orders/answered", data=fields | several)
        assert "已记下0件报回" in read(desks, "office", answer.location).text
        assert act(desks, number, "answer", words="正在核实，先报一次").status_code == 303
        page = read(desks, "office", f"/staff/cases/{number}/order/extension", 409).text
        assert "可以抄走" not in page


def act_page(desks: Desks, number: str, status: int) -> str:
    return read(desks, "office", f"/staff/cases/{number}/order/answer", status).text


@pytest.mark.parametrize("on", ["2022-06-19", "2022-06-21", ""])
def test_an_answer_s_day_is_neither_before_the_order_nor_to_come(desks: Desks, on: str) -> None:
    with desks.on(DAY):
        number = entered(desks)
        answer = act(desks, number, "answer", on=on, words="我写的话")
        assert answer.status_code == 422
        assert "我写的话" in sound(opened(answer)).html
    assert stored(desks, number).answered_on is None


def test_of_two_the_later_keeps_what_he_wrote(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks)
        path = f"/staff/cases/{number}/order/answer"
        fields = read(desks, "office-head", path).fields
        replied(desks, number)
        late = desks.at("office-head").post(path, data=fields | {"words": "晚了一步的话"})
        assert late.status_code == 409
        page = sound(opened(late))
        assert "有了变化" in page.text
        assert "晚了一步的话" in page.html
        assert desks.at("office-head").post(path, data=page.fields).status_code == 303


def test_the_export_holds_the_rows_of_the_list_with_our_answers(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        first, second = entered(desks), entered(desks, number="B-2")
        entered(desks, source="petition_system", number="B-3")
        replied(desks, first)
        query = "tab=open&source=hotline_12345&since=2022-06-20&until=2022-06-20"
        lines = exported(desks, query)
        assert {one[-1] for one in lines} == set(listed(desks, query)) == {first, second}
        by_number = {one[0]: one for one in lines}
        assert by_number[NUMBER][4:7] == ["已答复", None, REPLY]
        assert by_number["B-2"][4:7] == ["办理中", None, None]

        act(desks, first, "answer", words="给12345的另一段话")
        (line,) = exported(desks, "tab=answered")
        assert (line[0], line[5].date().isoformat(), line[6]) == (NUMBER, DAY, "给12345的另一段话")
        assert exported(desks, "tab=open&until=2022-06-19") == []


def test_several_are_noted_at_once(desks: Desks) -> None:
    with desks.on(DAY):
        numbers = [entered(desks, number=f"B-{n}") for n in range(3)]
        for number in numbers:
            replied(desks, number)
        page = read(desks, "office", "/staff/orders?tab=ready")
        # The last form of the page is the export's.
        fields = filled(page.html.rpartition("<form")[0])
        none = desks.at("office").post("/staff/orders/answered", data=fields)
        assert none.status_code == 422
        assert "还没有选" in sound(opened(none)).text
        values = [f"{one}.{desks.stored(one).version}" for one in numbers]
        chosen = {"order": [values[0], values[1], f"{numbers[2]}.1"]}
        answer = desks.at("office").post("/staff/orders/answered", data=fields | chosen)
        said = read(desks, "office", answer.location).text
        assert "已记下2件报回" in said
        assert "有1件没有记" in said
        assert listed(desks, "tab=ready") == [numbers[2]]


def test_a_closed_case_still_owes_its_sender_an_answer(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks)
        replied(desks, number)
        desks.through(number, ("mz-officer", "close", ""))
        assert case_of(desks).state is State.CLOSED
    with desks.on("2022-06-28"):
        assert desks.deployment.run("worker", "--once").exit_code == 0
        assert events(desks, number, "overdue") == [
            {"clock": "answer_order", "due_on": "2022-06-27"}
        ]
        assert listed(desks, "tab=overdue") == [number]
        assert listed(desks, "tab=ready") == [number]


def test_pages_are_cut_by_date_and_number(desks: Desks) -> None:
    with desks.on(DAY):
        for number in range(45):
            entered_quickly(desks, number)
        pages, query = [], ""
        while True:
            pages.append(listed(desks, query))
            page = read(desks, "office", f"/staff/orders?{query}").html
            following = page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
            if 'rel="next"' not in page:
                break
            query = following.partition("?")[2].replace("&amp;", "&")
        assert [len(one) for one in pages] == [20, 20, 5]
        assert len({one for page in pages for one in page}) == 45
        assert statements(desks, "office", "/staff/orders") <= 17


def entered_quickly(desks: Desks, number: int) -> None:
    """Enter an order without its pages."""
    desks.at("office")
    with desks.deployment.database.reading() as session:
        by = desks.deployment.staff_id(session, "office")
    draft = replace(COMPLAINT, channel=Channel.HOTLINE, recorded_by=by)
    demand = Demand(Channel.HOTLINE, f"Q-{number}", date(2022, 6, 20), date(2022, 6, 25))
    enter_alone(desks.deployment.database, draft, demand)


def test_an_order_is_found_by_its_sender_s_number(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks)
        fields = {"csrf_token": read(desks, "office", "/staff/orders").fields["csrf_token"]}
        typed = fields | {"source": "hotline_12345", "number": NUMBER.lower()}
        found = desks.at("office").post("/staff/orders/find", data=typed)
        assert found.location.startswith(f"/staff/cases/{number}/order")
        assert NUMBER not in found.location
        typed["source"] = "press"
        lost = desks.at("office").post("/staff/orders/find", data=typed)
        assert lost.status_code == 422
        assert "没有这个编号的来单" in sound(opened(lost)).text


def test_the_form_keeps_what_was_typed_while_another_writes(desks: Desks) -> None:
    with desks.on(DAY):
        shown = look(desks)
        path = "/staff/orders/new?source=hotline_12345"
        edited = opened(desks.at("office").post(path, data=shown.fields | {"step": "edit"}))
        assert {name: edited.fields[name] for name in ORDER} == ORDER
