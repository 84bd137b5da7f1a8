"""Talk between reporter and unit: what is told him, and what of his nobody has acted on yet."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.outbox.outbound_text import OutboundText
from intake.rules.lifecycle import State
from tests.admin.desk.people import COMPLAINT, NOISE, PEOPLE, TIP_OFF, Desks
from tests.admin.desk.reporter import adds, page_of

TOLD = "存折的事问过银行了，下周一补发"
NEW = ">来件人有新话</span>"


def notices(desks: Desks) -> list[str]:
    with desks.deployment.database.reading() as session:
        return list(session.scalars(select(OutboundText.template).order_by(OutboundText.id)))


def tell(desks: Desks, name: str, number: str) -> int:
    return desks.act(name, number, "note", audience="reporter", words=TOLD).status_code


def test_a_note_to_the_reporter_is_read_on_his_page(desks_on_each: Desks) -> None:
    desks = desks_on_each
    registered, other = desks.register(), desks.register(NOISE)
    number = registered.case.number
    before = desks.stored(number)

    assert tell(desks, "mz-officer", number) == 303
    page = page_of(desks, registered.query_code)
    assert TOLD in page.text
    assert "有话告诉您" in page.text
    assert TOLD not in page_of(desks, other.query_code).text
    # It isn't a question: no clock stands still, nobody waits for him.
    after = desks.stored(number)
    assert (after.answer_by, after.awaiting_reporter) == (before.answer_by, False)
    assert "告知来件人" in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_whom_texts_reach_hears_that_there_is_news_and_not_what(desks: Desks) -> None:
    number = desks.case(COMPLAINT, contact_phone="13912345678")
    tell(desks, "mz-officer", number)
    assert notices(desks) == ["news"]


def test_in_a_tip_off_nothing_goes_past_the_office(desks: Desks) -> None:
    registered = desks.register(TIP_OFF, accused="区人力资源局")
    number = registered.case.number
    assert registered.case.unit_code == "MZ"
    assert 'value="reporter"' not in desks.get("mz-officer", f"/staff/cases/{number}/note").text
    assert tell(desks, "mz-officer", number) == 422
    assert TOLD not in page_of(desks, registered.query_code).text


@pytest.mark.parametrize("named", ["区民政局", "民政局", PEOPLE["mz-officer"][2]])
def test_a_question_about_a_tip_off_names_nobody_who_has_it(desks: Desks, named: str) -> None:
    registered = desks.register(TIP_OFF, accused="区人力资源局")
    number = registered.case.number
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    question = f"我是{named}的，请问是哪个月的事？"
    refused = desks.act("mz-officer", number, "ask", words=question)
    assert refused.status_code == 422
    assert question in refused.text
    assert "去掉本单位的名称" in refused.text
    assert "哪个月" not in page_of(desks, registered.query_code).text
    desks.through(number, ("mz-officer", "ask", "请问是哪个月的事？"))
    assert "哪个月" in page_of(desks, registered.query_code).text


def test_who_hasn_t_the_case_is_offered_no_such_audience(desks: Desks) -> None:
    number = desks.case()
    desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    address = f"/staff/cases/{number}/note"
    assert 'value="reporter"' in desks.get("mz-officer", address).text
    desks.through(number, ("mz-officer", "draft", "拟好了"), ("mz-head", "reply", ""))
    assert desks.stored(number).state is State.REPLIED
    assert 'value="reporter"' not in desks.get("mz-officer", address).text
    assert tell(desks, "mz-officer", number) == 422
    assert notices(desks) == []
    assert desks.get("rs-officer", address).status_code == 404


def test_new_words_are_marked_until_somebody_acts(desks_on_each: Desks) -> None:
    desks = desks_on_each
    registered, other = desks.register(), desks.register(NOISE)
    number = registered.case.number
    assert NEW not in desks.get("mz-officer", "/staff/cases").text

    adds(desks, registered.query_code, "还有四月的也没有")
    adds(desks, other.query_code, "还有五月的也没有")
    for _ in range(2):
        # Reading them changes nothing.
        assert NEW in desks.get("mz-officer", f"/staff/cases/{number}").text
        assert desks.list("mz-officer", "tab=open&mark=new-words") == [number]
    assert desks.stored(number).version == 2

    desks.act("mz-officer", number, "note", audience="myself", words="记得打电话")
    assert desks.list("mz-officer", "tab=open&mark=new-words") == [number]
    desks.act("mz-officer", number, "note", audience="internal", words="打过电话了")
    assert desks.list("mz-officer", "tab=open&mark=new-words") == []
    assert NEW not in desks.get("mz-officer", f"/staff/cases/{number}").text
    assert desks.list("rs-officer", "tab=open&mark=new-words") == [other.case.number]
