"""Mistakes on the site at the publishing desk: who sees them, the answer, what becomes a case."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from intake.cases.case import Case
from intake.cases.earlier_answer import EarlierAnswer
from intake.cases.event import Event
from intake.cases.site_mistake import MistakeOutcome, SiteMistake
from intake.mistakes.mistake_texts import read_as_answerer
from intake.vault.compartment import Compartment, NotAHolder
from portal.foundation import clock
from tests.admin.conftest import NOON
from tests.admin.house import House
from tests.intake.pages.journey import show
from tests.intake.pages.mistakes import ACCUSES, WORDS, mistake_form, point_out, send_mistake

LIST = "/staff/publishing/mistakes"
ANSWER = "改好了，现在写的是027-0000-0101。"
COMPLAINT = "我妈的高龄津贴三个月没发了"


def pointed_out(house: House, words: str = WORDS, **typed: str) -> tuple[str, str]:
    """Number and code of a mistake that somebody pointed out."""
    client = house.deployment.citizen()
    form = mistake_form(client)
    return send_mistake(client, form, words=words, sure="yes", **typed).receipt


def stored(house: House, number: str) -> SiteMistake:
    with house.deployment.database.reading() as session:
        return session.scalars(select(SiteMistake).where(SiteMistake.number == number)).one()


def answers(house: House, number: str, by: str = "gong", **typed: str) -> int:
    given = {"version": "1", "outcome": "corrected", "text": ANSWER, **typed}
    return house.post(by, f"{LIST}/{number}", **given).status_code


def corrects(house: House, number: str, by: str = "gong", **typed: str) -> int:
    given = {"version": "2", "outcome": "corrected", "text": "改过的答复。", **typed}
    return house.post(by, f"{LIST}/{number}/correction", **given).status_code


def earlier(house: House) -> list[EarlierAnswer]:
    with house.deployment.database.reading() as session:
        return list(session.scalars(select(EarlierAnswer).order_by(EarlierAnswer.id)))


def registers(house: House, number: str, by: str = "chen", kind: str = "complaint") -> str:
    """Register it as a case; where that leads."""
    answer = house.post(by, f"{LIST}/{number}/case", version="1", kind=kind)
    assert answer.status_code == 303, answer.text
    return answer.location


def events(house: House, name: str) -> list[Event]:
    with house.deployment.database.reading() as session:
        return list(session.scalars(select(Event).where(Event.name == name)))


def the_case(house: House) -> Case:
    with house.deployment.database.reading() as session:
        return session.scalars(select(Case)).one()


def test_one_person_answers_and_the_writer_reads_it(house_on_each: House) -> None:
    house = house_on_each
    number, code = pointed_out(house, page="/policies/MZ11")
    assert number in house.get("gong", LIST)
    page = house.get("gong", f"{LIST}/{number}")
    assert WORDS in page
    assert re.search(r'href="[^"]*/policies/MZ11"', page)
    assert "来件人可见" in page
    assert answers(house, number) == 303

    own = show(house.deployment.citizen(), code)
    assert ANSWER in own.text
    assert "改好了，谢谢您" in own.text
    assert "最晚在这一天" not in own.text
    [event] = events(house, "mistake_answered")
    with house.deployment.database.reading() as session:
        assert event.staff_id == house.deployment.staff_id(session, "gong")
    assert event.facts == {"mistake": number, "outcome": "corrected"}
    assert ANSWER in house.get("chen", f"{LIST}/{number}")
    assert "改了" in house.get("chen", LIST)


@pytest.mark.parametrize("outcome", ["no_mistake", "not_about_site"])
def test_there_may_be_none(house: House, outcome: str) -> None:
    number, code = pointed_out(house)
    assert answers(house, number, outcome=outcome, text="请打12345。") == 303
    own = show(house.deployment.citizen(), code).text

    assert MistakeOutcome(outcome).plain in own
    assert "请打12345。" in own


def test_who_answered_corrects_it_and_the_earlier_wording_stays_at_the_desk(house: House) -> None:
    number, code = pointed_out(house)
    other, _ = pointed_out(house, words="首页有错字")
    answers(house, number)
    answers(house, other, text="错字改了。")
    path = f"{LIST}/{number}/correction"
    assert path in house.get("gong", f"{LIST}/{number}")
    assert re.search(rf">\s*{ANSWER}</textarea>", house.get("gong", path))
    with clock.stopped_at(NOON + timedelta(days=4)):
        house.browsers.clear()
        assert corrects(house, number, outcome="no_mistake", text="电话没有错，是总机。") == 303
        own = show(house.deployment.citizen(), code).text
        desk = house.get("shi", f"{LIST}/{number}")
        listed = house.get("shi", LIST)

    house.browsers.clear()
    assert "电话没有错，是总机。" in own
    assert MistakeOutcome.NO_MISTAKE.plain in own
    assert "2022年6月10日更正过" in own
    assert ANSWER not in own
    assert ANSWER in desk
    assert "以前的答复：改了" in desk
    assert "电话没有错，是总机。" in desk
    assert "错字改了。" not in desk
    assert "更正过" in listed
    # It was answered in time.
    assert "超期答复" not in listed
    [event] = events(house, "mistake_answer_corrected")
    assert event.facts == {"mistake": number, "outcome": "no_mistake"}
    assert ANSWER.encode() not in earlier(house)[0].sealed


def test_only_who_answered_or_the_offices_head_corrects(house: House) -> None:
    number, code = pointed_out(house)
    path = f"{LIST}/{number}/correction"
    house.get("gong", path, status=404)
    answers(house, number)
    for name in ("shi", "chen", "ji", "min"):
        assert corrects(house, number, by=name) == 404
        house.get(name, path, status=404)
    assert path not in house.get("shi", f"{LIST}/{number}")
    assert earlier(house) == []
    assert corrects(house, number, by="lu") == 303
    assert corrects(house, number, version="3", text="再改一次。") == 303

    assert len(earlier(house)) == 2
    assert "再改一次。" in show(house.deployment.citizen(), code).text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": " "}, "请写答复"),
        ({"outcome": ""}, "请选结果"),
        ({"text": ANSWER}, "没有改动"),
        ({"version": "1"}, "您写的都在"),
    ],
)
def test_half_a_correction_comes_back(house: House, typed: dict[str, str], says: str) -> None:
    number, _ = pointed_out(house)
    answers(house, number)
    given = {"version": "2", "outcome": "corrected", "text": "另一句话。", **typed}
    answer = house.post("gong", f"{LIST}/{number}/correction", **given)

    assert answer.status_code in {409, 422}
    assert says in answer.text
    assert given["text"].strip() in answer.text
    assert earlier(house) == []


def test_what_became_a_case_has_no_answer_to_correct(house: House) -> None:
    number, _ = pointed_out(house, words=COMPLAINT)
    registers(house, number)

    assert corrects(house, number, by="chen") == 404
    assert corrects(house, number, by="lu") == 404


def test_reading_one_is_an_event_and_the_list_shows_no_words(house_on_each: House) -> None:
    house = house_on_each
    number, _ = pointed_out(house)
    assert WORDS not in house.get("gong", LIST)
    assert events(house, "mistake_read") == []
    for name in ("gong", "gong", "chen"):
        assert WORDS in house.get(name, f"{LIST}/{number}")
    house.get("chen", f"{LIST}/{number}/case")
    house.get("ji", f"{LIST}/{number}", status=404)
    with house.deployment.database.reading() as session:
        who = [house.deployment.staff_id(session, name) for name in ("gong", "chen")]
    assert [one.staff_id for one in events(house, "mistake_read")] == who
    assert {one.facts["mistake"] for one in events(house, "mistake_read")} == {number}


def test_an_answer_lies_sealed(house: House) -> None:
    number, _ = pointed_out(house)
    answers(house, number)
    sealed = stored(house, number).sealed_answer

    assert sealed is not None
    assert ANSWER.encode() not in sealed


def test_whoever_isnt_at_this_desk_finds_nothing(house: House) -> None:
    number, _ = pointed_out(house)
    assert number not in house.get("ji", LIST)
    house.get("ji", f"{LIST}/{number}", status=404)
    for name in ("bie", "min", "zheng", "shen"):
        for path in (LIST, f"{LIST}/{number}", f"{LIST}/{number}/case"):
            house.get(name, path, status=404)
        assert answers(house, number, by=name) == 404
        act = house.post(name, f"{LIST}/{number}/case", version="1", kind="complaint")
        assert act.status_code == 404
    assert stored(house, number).outcome is None
    house.get("gong", f"{LIST}/JHZC", status=404)


@pytest.mark.parametrize(
    "typed", [{"text": ""}, {"text": " \n"}, {"outcome": ""}, {"outcome": "registered"}]
)
def test_half_an_answer_comes_back(house: House, typed: dict[str, str]) -> None:
    number, _ = pointed_out(house)

    assert answers(house, number, **typed) == 422
    assert stored(house, number).outcome is None


def test_the_later_of_two_gets_his_text_back(house: House) -> None:
    number, code = pointed_out(house)
    assert answers(house, number) == 303
    given = {"version": "1", "outcome": "no_mistake", "text": "没有错啊"}
    late = house.post("shi", f"{LIST}/{number}", **given)

    assert late.status_code == 409
    assert "没有错啊" in late.text
    assert "没有错啊" not in show(house.deployment.citizen(), code).text
    assert len(events(house, "mistake_answered")) == 1


def test_another_version_isnt_answered(house: House) -> None:
    number, _ = pointed_out(house)

    assert answers(house, number, version="7") == 409
    assert answers(house, number, version="") == 409
    assert stored(house, number).outcome is None


def test_what_is_due_first_is_on_top_and_late_ones_say_so(house_on_each: House) -> None:
    house = house_on_each
    late, _ = pointed_out(house)
    with clock.stopped_at(NOON + timedelta(days=4)):
        fresh, _ = pointed_out(house, words="首页有错字")
        page = house.get("gong", LIST)
        assert page.index(late) < page.index(fresh)
        assert re.search(r'class="due danger"[^>]*>\s*<b>超期1天', page)
        assert "还有3个工作日" in page
        office = house.get("chen", "/staff/office")
        assert re.search(r"网站找错等答复.*?2条", office, re.DOTALL)
        assert re.search(r"网站找错超期.*?1条", office, re.DOTALL)
        assert answers(house, late) == 303
        assert "超期答复" in house.get("gong", LIST)


def test_empty_lists_say_what_will_come(house: House) -> None:
    page = house.get("gong", LIST)

    assert "会排在这里" in page
    assert "网站找错" not in house.get("chen", "/staff/office")
    assert LIST in house.get("gong", "/staff/publishing")


def test_what_isnt_about_the_site_becomes_a_case_under_the_same_code(house_on_each: House) -> None:
    house = house_on_each
    number, code = pointed_out(house, words=COMPLAINT, page="/policies/MZ11")
    assert "登记成件" in house.get("chen", f"{LIST}/{number}")
    house.get("chen", f"{LIST}/{number}/case")
    # Nobody stays signed in for so long.
    house.browsers.clear()
    with clock.stopped_at(NOON + timedelta(days=2)):
        target = registers(house, number)
        case = the_case(house)
        assert case.number in house.get("chen", target)
        own = show(house.deployment.citizen(), code).text

    house.browsers.clear()
    assert COMPLAINT in own
    assert case.number in own
    assert "不是网页上的错" in own
    assert (case.unit_code, case.kind.value) == ("MZ", "complaint")
    # As if it had come by the right door at once.
    assert case.registered_on == date(2022, 6, 6)
    [event] = events(house, "mistake_registered")
    assert (event.case_id, event.facts) == (case.id, {"mistake": number})
    assert event.staff_id is not None
    assert stored(house, number).outcome is MistakeOutcome.REGISTERED
    assert COMPLAINT in house.get("min", f"/staff/cases/{case.number}")


def test_the_office_lets_go_of_what_became_a_case(house: House) -> None:
    number, _ = pointed_out(house, words=COMPLAINT)
    registers(house, number)
    mistake = stored(house, number)
    with house.deployment.database.reading() as session:
        [box] = session.scalars(select(Compartment).where(Compartment.label == mistake.label))
        assert {key.holder for key in box.keys} == {"reporter"}
        with pytest.raises(NotAHolder):
            read_as_answerer(session, mistake)
    for name in ("gong", "chen"):
        page = house.get(name, f"{LIST}/{number}")
        assert COMPLAINT not in page
        assert the_case(house).number not in page
        assert the_case(house).number not in house.get(name, LIST)
    house.get("chen", f"{LIST}/{number}/case", status=404)
    assert answers(house, number) == 409


def test_pressed_twice_it_is_one_case(house: House) -> None:
    number, _ = pointed_out(house, words=COMPLAINT)
    registers(house, number)

    assert registers(house, number).endswith(number)
    assert len(events(house, "registered")) == 1


def test_a_publisher_has_nothing_to_do_with_cases(house: House) -> None:
    number, _ = pointed_out(house, words=COMPLAINT)
    assert f"{number}/case" not in house.get("gong", f"{LIST}/{number}")
    house.get("gong", f"{LIST}/{number}/case", status=404)
    act = house.post("gong", f"{LIST}/{number}/case", version="1", kind="complaint")

    assert act.status_code == 404
    assert stored(house, number).outcome is None


@pytest.mark.parametrize("kind", ["", "petition", "disclosure_request", "else"])
def test_only_kinds_without_a_name_can_be_chosen(house: House, kind: str) -> None:
    number, _ = pointed_out(house, words=COMPLAINT)
    act = house.post("chen", f"{LIST}/{number}/case", version="1", kind=kind)

    assert act.status_code == 422
    assert stored(house, number).outcome is None


def test_a_case_against_the_office_goes_past_it(house: House) -> None:
    number, code = pointed_out(house, words=ACCUSES)
    registers(house, number, by="ji", kind="tip_off")
    case = the_case(house)

    assert case.unit_code == "JW"
    assert case.number not in house.get("chen", LIST)
    house.get("chen", f"/staff/cases/{case.number}", status=404)
    assert ACCUSES in house.get("ji", f"/staff/cases/{case.number}")
    own = show(house.deployment.citizen(), code).text
    assert ACCUSES in own
    assert "区纪委" not in own


def test_the_same_form_sent_again_gives_the_same_receipt(house_on_each: House) -> None:
    house = house_on_each
    client = house.deployment.citizen()
    form = mistake_form(client)
    first = send_mistake(client, form, words=COMPLAINT)
    registers(house, first.receipt[0])

    assert send_mistake(client, form, words=COMPLAINT).receipt == first.receipt
    assert point_out(client, words=COMPLAINT).receipt != first.receipt
