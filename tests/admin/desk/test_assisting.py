"""Assisting units: asked by the office, with a part and a date of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from intake import correspondence
from intake.cases.assistance import Assistance
from intake.cases.case import Case, Identity
from intake.cases.message import MessageKind
from intake.rules.lifecycle import State
from portal.foundation import clock
from tests.admin.desk.people import NOISE, TIP_OFF, WORDS, Desks

PART = "请核对社保缴费的记录"
OPINION = "缴费记录没有断过"


def helped(desks: Desks, **changed: Any) -> str:
    """A case at one unit with which another one helps."""
    number = desks.case(**changed)
    answer = desks.act("office", number, "assist", unit="RS", words=PART)
    assert answer.status_code == 303, answer.text
    return number


def text_for(desks: Desks, number: str, unit: str, kind: MessageKind) -> list[str]:
    with desks.deployment.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        letters = correspondence.read_as_unit(session, case, frozenset({unit}), [kind])
        return [letter.text for letter in letters]


def test_an_assisting_unit_reads_the_words_and_nothing_of_who_wrote_them(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    desks.case(NOISE)
    number = helped(
        desks, identity=Identity.REAL_NAME, contact_name="赵某", contact_phone="13800001111"
    )

    page = desks.get("rs-officer", f"/staff/cases/{number}").text

    assert WORDS in page
    assert PART in page
    assert "/identity" not in page
    assert text_for(desks, number, "RS", MessageKind.CONTACT) == []
    assert text_for(desks, number, "RS", MessageKind.DECISION) == []
    for act in ("sign-for", "accept", "draft", "return", "sort"):
        assert f"/{act}?" not in page
    assert desks.stored(number).unit_code == "MZ"


def test_it_stands_on_its_own_list_with_its_date_until_it_has_answered(desks: Desks) -> None:
    own = desks.case(NOISE)
    number = helped(desks)
    due = clock.today() + timedelta(days=5)

    listed = desks.get("rs-officer", "/staff/cases/assisting").text
    assert number in listed
    assert own not in listed
    assert f"{due.month}月{due.day}日" in listed
    assert number not in desks.get("mz-officer", "/staff/cases/assisting").text
    assert desks.act("rs-officer", number, "opinion", words=OPINION).status_code == 303

    assert number not in desks.get("rs-officer", "/staff/cases/assisting").text
    assert OPINION in desks.get("mz-officer", f"/staff/cases/{number}").text
    assert OPINION in desks.get("rs-officer", f"/staff/cases/{number}").text


def test_a_unit_whose_part_it_isnt_says_so_and_reads_no_more(desks: Desks) -> None:
    number = helped(desks)

    answer = desks.act("rs-officer", number, "refuse", words="这部分归医保局")

    assert answer.status_code == 303
    assert desks.get("rs-officer", f"/staff/cases/{number}").status_code == 404
    assert text_for(desks, number, "RS", MessageKind.WORDS) == []
    assert "这部分归医保局" in desks.get("office", f"/staff/cases/{number}").text


def test_the_office_calls_it_off(desks: Desks) -> None:
    number = helped(desks)

    assert desks.act("office", number, "drop-assistance", unit="RS").status_code == 303

    assert desks.get("rs-officer", f"/staff/cases/{number}").status_code == 404
    assert text_for(desks, number, "RS", MessageKind.WORDS) == []
    assert "drop-assistance" not in desks.get("office", f"/staff/cases/{number}").text


def test_the_accused_is_not_asked(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused="区人力资源局")

    answer = desks.act("office", number, "assist", unit="RS", words=PART)

    assert answer.status_code == 422
    assert PART in answer.text
    assert text_for(desks, number, "RS", MessageKind.WORDS) == []


def test_who_helps_and_is_accused_later_loses_it_at_once(desks: Desks) -> None:
    number = helped(desks)
    assert number in desks.get("rs-officer", "/staff/cases/assisting").text

    desks.act("office", number, "recuse", unit="RS", words="来件里说的是它")

    assert number not in desks.get("rs-officer", "/staff/cases/assisting").text
    assert desks.get("rs-officer", f"/staff/cases/{number}").status_code == 404
    assert text_for(desks, number, "RS", MessageKind.WORDS) == []
    assert text_for(desks, number, "MZ", MessageKind.WORDS) == [WORDS]


def test_keys_follow_the_case_to_its_next_unit_and_the_helper_keeps_its_own(desks: Desks) -> None:
    number = helped(desks)
    desks.at("st-officer")

    desks.act("office", number, "sort", unit="ST05")

    assert text_for(desks, number, "MZ", MessageKind.WORDS) == []
    assert text_for(desks, number, "ST05", MessageKind.WORDS) == [WORDS]
    assert text_for(desks, number, "RS", MessageKind.WORDS) == [WORDS]


@pytest.mark.parametrize(
    ("field", "value"), [("due_on", "2001-01-01"), ("words", " "), ("unit", "")]
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    desks: Desks, field: str, value: str
) -> None:
    number = desks.case()
    typed = {"unit": "RS", "words": PART} | {field: value}

    answer = desks.act("office", number, "assist", **typed)

    assert answer.status_code == 422
    assert "有误：" in answer.text
    assert field == "words" or PART in answer.text
    assert text_for(desks, number, "RS", MessageKind.WORDS) == []


def test_a_row_that_nobody_signed_gives_no_key(desks: Desks) -> None:
    number = desks.case()
    desks.at("office")
    with desks.deployment.database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        row = {"asked_by": 1, "asked_at": clock.now(), "due_on": clock.today()}
        session.add(Assistance(case_id=case.id, unit_code="RS", signature=b"x" * 64, **row))

    desks.through(number, ("mz-officer", "note", "记一笔"))
    desks.act("office", number, "recuse", unit="ST05", words="换一次钥匙")

    assert text_for(desks, number, "RS", MessageKind.WORDS) == []


def test_the_last_day_is_still_in_time(desks: Desks) -> None:
    number = desks.case()
    today = clock.today().isoformat()
    assert (
        desks.act("office", number, "assist", unit="RS", words=PART, due_on=today).status_code
        == 303
    )


def test_nobody_helps_any_more_with_a_case_that_is_over(desks: Desks) -> None:
    number = helped(desks)
    desks.change(number, state=State.WITHDRAWN)

    assert number not in desks.get("rs-officer", "/staff/cases/assisting").text
    assert "opinion" not in desks.get("rs-officer", f"/staff/cases/{number}").text
    assert "drop-assistance" in desks.get("office", f"/staff/cases/{number}").text
    assert desks.act("office", number, "drop-assistance", unit="RS").status_code == 303


def test_an_opinion_comes_before_the_answer(desks: Desks) -> None:
    number = desks.case()
    late = (desks.stored(number).answer_by + timedelta(days=1)).isoformat()

    answer = desks.act("office", number, "assist", unit="RS", words=PART, due_on=late)

    assert answer.status_code == 422
    assert "协办意见要在这以前" in answer.text


def test_where_the_case_is_late_the_other_unit_still_gets_its_days(desks: Desks) -> None:
    number = desks.case()
    with desks.on((desks.stored(number).answer_by + timedelta(days=3)).isoformat()):
        later = (clock.today() + timedelta(days=2)).isoformat()
        answer = desks.act("office", number, "assist", unit="RS", words=PART, due_on=later)
    assert answer.status_code == 303
