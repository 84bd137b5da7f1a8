"""An order that is entered by hand: it is a case like any other, known by its sender's number, with
the sender's own date."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.cases.case import Channel, Identity
from intake.cases.message import Message
from tests.admin.desk.people import NOISE, Desks
from tests.admin.desk.reporter import page_of
from tests.admin.orders.clerk import (
    DAY,
    NUMBER,
    ORDER,
    SAID,
    act,
    case_of,
    enter,
    entered,
    events,
    how_many,
    listed,
    look,
    read,
    sound,
    stored,
)
from tests.admin.recorded_intake.clerk import changed, new_code
from tests.deployments import Deployment
from tests.intake.pages.journey import opened


def test_an_order_becomes_a_case_where_it_belongs(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        desks.case(NOISE)
        shown = look(desks)
        assert "区民政局" in shown.text
        assert how_many(desks) == 1

        number = entered(desks, contact_name="万秋月", contact_phone="139 0712 3456")
        case, order = case_of(desks), stored(desks, number)
        assert (case.unit_code, case.channel, case.identity) == (
            "MZ",
            Channel.HOTLINE,
            Identity.REAL_NAME,
        )
        assert (order.ordered_on.isoformat(), order.answer_by.isoformat()) == (DAY, "2022-06-27")
        assert events(desks, number, "ordered") == [{"on": DAY, "due_on": "2022-06-27"}]
        assert listed(desks) == [number]
        page = read(desks, "mz-officer", f"/staff/cases/{number}").text
        assert f"来单编号 {NUMBER}" in page
        assert "2022年6月27日前答复" in page
        assert "139" not in page


def test_neither_number_nor_words_lie_in_the_clear(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks, contact_name="万秋月", contact_phone="13907123456")
    order = stored(desks, number)
    assert NUMBER.encode() not in order.number_sealed
    assert NUMBER not in order.number_stamp
    with desks.deployment.database.reading() as session:
        sealed = b"".join(session.scalars(select(Message.sealed)))
        assert "高龄".encode() not in sealed
        assert b"13907123456" not in sealed


@pytest.mark.parametrize("again", [NUMBER, NUMBER.lower(), " ".join(NUMBER), "ＷＨ-12345-0620-001"])
def test_the_same_number_twice_is_one_case(desks: Desks, again: str) -> None:
    with desks.on(DAY):
        number = entered(desks)
        shown = look(desks, number=again, words="写得不一样的话")
        assert "已经登记过" in shown.text
        assert number in shown.text
        path = "/staff/orders/new?source=hotline_12345"
        forced = desks.at("office").post(path, data=shown.fields | {"step": "register"})
        assert forced.status_code == 303
        assert forced.location.startswith(f"/staff/cases/{number}/order")
    assert how_many(desks) == 1


def test_the_same_number_of_another_sender_is_another_case(desks: Desks) -> None:
    with desks.on(DAY):
        first = entered(desks)
        second = entered(desks, source="petition_system")
    assert first != second


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": ""}, "请写对方的编号"),
        ({"number": "一" * 81}, "编号太长了"),
        ({"ordered_on": ""}, "请写对方交办的日子"),
        ({"ordered_on": "2022-06-21"}, "不能在今天以后"),
        ({"ordered_on": "20.6."}, "日期要这样写"),
        ({"answer_by": ""}, "都有答复的期限"),
        ({"answer_by": "2022-06-19"}, "不能早于交办的日子"),
        ({"words": ""}, "请照来单写下内容"),
        ({"contact_phone": "12"}, "手机号是11位"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    desks: Desks, typed: dict[str, str], said: str
) -> None:
    with desks.on(DAY):
        page = look(desks, **typed)
    assert page.status == 422
    assert said in page.text
    kept = "words" if "words" not in typed else "number"
    assert page.fields[kept] == ORDER[kept]
    assert how_many(desks) == 0


def test_a_petition_needs_no_name_that_its_sender_kept(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks, source="petition_system", case_kind="petition")
        page = read(desks, "office", f"/staff/cases/{number}").text
    assert "匿名" in page
    assert "告知是否受理" not in page


def test_the_press_names_no_day(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks, source="press", number="晨报6月20日3版", answer_by="")
        assert stored(desks, number).wanted_by is None
        assert events(desks, number, "ordered") == []
        assert "没有写日子" in read(desks, "office", f"/staff/cases/{number}/order").text
        assert act_status(desks, number) == 409


def act_status(desks: Desks, number: str) -> int:
    return desks.get("office", f"/staff/cases/{number}/order/extension").status_code


def test_the_sender_s_date_shows_its_working_moves_and_is_overdue_once(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks)
        page = read(desks, "mz-officer", f"/staff/cases/{number}").text
        assert "回复来单期限" in page
        assert "来单上写的日子" in page
        assert "6月27日，星期一 （还有7天）" in page
        wrong = act(desks, number, "extension", until="2022-06-27", words="对方同意")
        assert wrong.status_code == 422
        longer = act(desks, number, "extension", until="2022-07-04", words="12345 王科长同意")
        assert longer.status_code == 303
        assert stored(desks, number).answer_by.isoformat() == "2022-07-04"
        assert "对方同意延期" in read(desks, "office", f"/staff/cases/{number}").text
        assert events(desks, number, "order_extended") == [{"due_on": "2022-07-04"}]
    for day in ("2022-07-04", "2022-07-05", "2022-07-06"):
        with desks.on(day):
            assert desks.deployment.run("worker", "--once").exit_code == 0
    over = [one for one in events(desks, number, "overdue") if one["clock"] == "answer_order"]
    assert over == [{"clock": "answer_order", "due_on": "2022-07-04"}]
    with desks.on("2022-07-06"):
        assert listed(desks, "tab=overdue") == [number]
        assert listed(desks, "tab=answered") == []


ACCUSING = {
    "case_kind": "tip_off",
    "words": "民意街道的人扣了老人的高龄津贴，要好处",
    "accused": "民意街道办事处",
}


def test_whom_an_order_accuses_finds_nothing(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        before = [desks.get("st-officer", path).data for path in ("/staff/", "/staff/cases")]
        number = entered(desks, **ACCUSING)
        for path in (f"/staff/cases/{number}", f"/staff/cases/{number}/order"):
            assert desks.get("st-officer", path).status_code == 404
        after = [desks.get("st-officer", path).data for path in ("/staff/", "/staff/cases")]
    assert before == after


def test_who_handles_a_tip_off_reads_neither_number_nor_sender(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks, case_kind="tip_off", words="有人冒领高龄津贴", accused="")
        desks.change(number, unit_code="MZ", barred=False)
        page = read(desks, "mz-officer", f"/staff/cases/{number}")
        queue = read(desks, "mz-officer", "/staff/cases?tab=open")
        office = read(desks, "office", f"/staff/cases/{number}")
    assert number in queue.text
    for told in (page.text, queue.text):
        assert NUMBER not in told
        assert "12345" not in told
        assert "来单" in told
    assert NUMBER in office.text


def test_an_order_that_accuses_the_office_isn_t_the_office_s_to_see(desks: Desks) -> None:
    with desks.on(DAY):
        answer = enter(
            desks,
            case_kind="tip_off",
            words="领导小组办公室的人收了好处",
            accused="领导小组办公室",
        )
        said = sound(opened(desks.at("office").get(answer.location)))
        assert "这里看不到" in said.text
        assert NUMBER not in said.text
        again = look(desks)
        assert "已经登记过" in again.text
        assert case_of(desks).number not in again.html
        assert listed(desks) == []


def test_the_citizen_gets_a_code_only_when_it_is_handed_over(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        number = entered(desks, contact_name="万秋月", contact_phone="13907123456")
        path = f"/staff/cases/{number}/order"
        fields = read(desks, "office", path).fields
        receipt = opened(desks.at("office").post(f"{path}/receipt", data=fields))
        code = new_code(sound(receipt))
        same = opened(desks.at("office").post(f"{path}/receipt", data=fields))
        assert new_code(same) == code

        citizen = desks.deployment.citizen()
        own = changed(citizen, code)
        assert SAID in page_of(desks, own).html
        fields = read(desks, "office", path).fields
        late = desks.at("office").post(f"{path}/receipt", data=fields)
        assert late.status_code == 409
        assert "换成了他自己的查询码" in sound(opened(late)).text
    assert events(desks, number, "receipt_handed_out") == [{}]


def test_nobody_is_handed_a_receipt_where_the_order_names_nobody(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks)
        path = f"/staff/cases/{number}/order"
        page = read(desks, "office", path)
        assert "打回执" not in page.text
        token = read(desks, "office", "/staff/orders").fields
        forced = desks.at("office").post(f"{path}/receipt", data=token)
        assert forced.status_code == 422


def test_units_neither_enter_nor_list_nor_answer_orders(desks: Desks) -> None:
    with desks.on(DAY):
        number = entered(desks)
        for name in ("mz-officer", "mz-head", "clerk", "publisher", "discipline"):
            for path in ("/staff/orders", "/staff/orders/new", "/staff/orders/sheets"):
                assert desks.get(name, path).status_code == 404, (name, path)
            for path in ("order", "order/answer", "order/extension"):
                found = desks.get(name, f"/staff/cases/{number}/{path}")
                assert found.status_code == 404, (name, path)


def test_each_campaign_takes_orders_and_clues(each_campaign: Deployment) -> None:
    desks = Desks(each_campaign)
    with desks.on(DAY):
        number = entered(desks, policy="", contact_name="万秋月")
        clue = entered(desks, "auditor", "audit", number="审〔2022〕1号", policy="", answer_by="")
        assert set(listed(desks)) == {number, clue}
        assert clue in read(desks, "auditor", "/staff/orders/clues").text
