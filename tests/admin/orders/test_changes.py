"""What happens to an order afterwards: its sender sends it again; its number was wrong."""

from __future__ import annotations

from datetime import date

from werkzeug.test import TestResponse

from intake.rules.lifecycle import State
from tests.admin.desk.people import Desks, filled
from tests.admin.desk.reporter import page_of
from tests.admin.orders.clerk import (
    DAY,
    NUMBER,
    act,
    case_of,
    enter,
    entered,
    events,
    how_many,
    listed,
    read,
    stored,
)
from tests.admin.orders.test_answering import replied
from tests.admin.recorded_intake.clerk import changed
from tests.intake.pages.journey import opened

WHY = "对方说来件人没有拿到钱，要求查清"
RIGHT = "WH-12345-0620-002"


def finds(desks: Desks, number: str, name: str = "office") -> TestResponse:
    page = read(desks, name, "/staff/orders")
    token = page.fields["csrf_token"]
    typed = {"csrf_token": token, "source": "hotline_12345", "number": number}
    return desks.at(name).post("/staff/orders/find", data=typed)


def answered(desks: Desks) -> str:
    """An order that was replied, closed and answered."""
    number = entered(desks)
    replied(desks, number)
    desks.through(number, ("mz-officer", "close", ""))
    assert act(desks, number, "answer").status_code == 303
    return number


def test_what_its_sender_sends_again_is_opened_and_owed_anew(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        number = answered(desks)
        other = entered(desks, number="WH-12345-0620-009")
    with desks.on("2022-07-01"):
        answer = act(desks, number, "again", on="2022-07-01", answer_by="2022-07-08", words=WHY)
        assert answer.status_code == 303
        case, order = desks.stored(number), stored(desks, number)
        assert (case.state, case.unit_code) == (State.RETURNED, "BGS")
        assert (order.times, order.answered_on, order.answer_by) == (2, None, date(2022, 7, 8))
        assert events(desks, number, "order_sent_again", "reopened_by_sender") == [
            {"on": "2022-07-01", "due_on": "2022-07-08"},
            {},
        ]
        assert listed(desks) == [other, number]
        page = read(desks, "office", f"/staff/cases/{number}/order").text
        assert "第2次" in page
        assert "7月8日" in page
        # The promise of the campaign for what is opened again runs too, and another officer writes.
        assert case.answer_by == date(2022, 7, 15)
        desks.act("office", number, "sort", unit="MZ", report_by="2022-07-07")
        assert WHY in read(desks, "mz-second", f"/staff/cases/{number}").text
        for one in ("sign-for", "accept"):
            desks.through(number, ("mz-second", one, ""))
        assert desks.act("mz-officer", number, "draft", words="还是那样").status_code == 409
        assert desks.act("mz-second", number, "draft", words="查清了").status_code == 303
        assert desks.act("mz-head", number, "reply").status_code == 303
        assert act(desks, number, "answer", on="2022-07-01").status_code == 303
        assert events(desks, number, "order_answered") == [{"on": DAY}, {"on": "2022-07-01"}]


def test_its_reporter_reads_that_it_is_done_again(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks, contact_name="王秀英", contact_phone="13907123456")
        receipt = opened(
            desks.at("office").post(
                f"/staff/cases/{number}/order/receipt",
                data=read(desks, "office", f"/staff/cases/{number}/order").fields,
            )
        )
        code = receipt.receipt[1]
        replied(desks, number)
        act(desks, number, "answer")
        act(desks, number, "again", on=DAY, answer_by="2022-06-30", words=WHY)
        new = changed(desks.deployment.citizen(), code)
        page = page_of(desks, new).text
        assert "转来这件的单位要求再办一次" in page
        assert WHY not in page


def test_what_its_reporter_took_back_is_only_owed_words(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks)
        act(desks, number, "answer", words="先报一次")
        desks.change(number, state=State.WITHDRAWN)
        assert (
            act(desks, number, "again", on=DAY, answer_by="2022-06-30", words=WHY).status_code
            == 303
        )
        assert desks.stored(number).state is State.WITHDRAWN
        assert listed(desks) == [number]


def test_wrong_days_and_empty_words_are_refused_and_kept(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks)
        path = f"/staff/cases/{number}/order/again"
        fields = read(desks, "office", path, 409).fields
        typed = {"on": DAY, "answer_by": "2022-06-30", "words": WHY}
        early = desks.at("office").post(path, data=fields | typed)
        assert early.status_code == 409
        assert "还没有报回" in early.text
        assert WHY in early.text
        act(desks, number, "answer", words="先报一次")
        for typed in (
            {"on": "2022-06-19", "answer_by": "2022-06-30", "words": WHY},
            {"on": DAY, "answer_by": "2022-06-01", "words": WHY},
            {"on": "2022-06-21", "answer_by": "2022-06-30", "words": WHY},
            {"on": DAY, "answer_by": "", "words": WHY},
            {"on": DAY, "answer_by": "2022-06-30", "words": " "},
        ):
            answer = act(desks, number, "again", **typed)
            assert answer.status_code == 422, typed
            assert typed["words"] in answer.text
        assert stored(desks, number).times == 1


def test_a_wrong_number_is_put_right_and_still_found(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        number, noise = entered(desks), entered(desks, number="WH-12345-0620-009")
        before = desks.stored(number).version
        for typed, missing in (
            ({"number": " wh－12345-0620-001 ", "words": "抄错了"}, "和现在的编号一样"),
            ({"number": "WH-12345-0620-009", "words": "抄错了"}, "另一件来单已经用了这个编号"),
            ({"number": "", "words": "抄错了"}, "请写对方的编号"),
            ({"number": RIGHT, "words": ""}, "请写为什么改"),
        ):
            answer = act(desks, number, "number", **typed)
            assert (answer.status_code, missing in answer.text) == (422, True), missing
        assert desks.stored(number).version == before
        assert act(desks, number, "number", number=RIGHT, words="抄错了一位").status_code == 303
        assert case_of(desks, RIGHT).number == number
        page = read(desks, "office", f"/staff/cases/{number}/order").text
        assert RIGHT in page
        assert f"登记的时候写成：{NUMBER}" in page
        assert events(desks, number, "order_number_corrected") == [{}]
        assert "抄错了一位" in read(desks, "office", f"/staff/cases/{number}").text
        unit = read(desks, "mz-officer", f"/staff/cases/{number}").text
        assert "抄错了一位" not in unit
        assert "改正了来单的编号" not in unit
        for wanted in (NUMBER, RIGHT):
            assert f"/{number}/order" in finds(desks, wanted).location
        assert f"/{noise}/order" in finds(desks, "WH-12345-0620-009").location


def test_a_wrong_number_may_be_the_right_one_of_another_order(desks: Desks) -> None:
    with desks.on(DAY):
        first = entered(desks)
        act(desks, first, "number", number=RIGHT, words="抄错了一位")
        second = entered(desks, words="另一个人打的电话，低保没有发", policy="MZ01")
        assert second != first
        # Now it is the other's, whoever looks for it.
        assert f"/{second}/order" in finds(desks, NUMBER).location
        assert how_many(desks) == 2


def test_the_same_words_under_a_number_that_was_put_right_are_the_same_order(desks: Desks) -> None:
    with desks.on(DAY):
        first = entered(desks)
        act(desks, first, "number", number=RIGHT, words="抄错了一位")
        assert enter(desks).status_code == 303
        assert how_many(desks) == 1


def test_who_decides_nothing_changes_no_order(desks: Desks) -> None:
    with desks.on(DAY):
        number = answered(desks)
        for step in ("again", "number"):
            path = f"/staff/cases/{number}/order/{step}"
            assert desks.get("mz-officer", path).status_code == 404
            assert desks.get("rs-officer", path).status_code == 404
        fields = filled(desks.get("office", f"/staff/cases/{number}/order/number").text)
        desks.act("office", number, "note", words="先记一笔")
        late = desks.at("office").post(
            f"/staff/cases/{number}/order/number", data=fields | {"number": RIGHT, "words": "抄错"}
        )
        assert late.status_code == 409
        assert "抄错" in late.text
