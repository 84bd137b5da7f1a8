"""What is suggested: inside one's own scope only, with the reason, and never by who tipped off."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, select

from admin.duplicates.similarity import likeness, pairs_in
from intake.cases.case import Case, Identity
from intake.cases.receipt import Receipt
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, Desks
from tests.admin.duplicates.pairs import (
    AGAIN,
    ELSE,
    FIRST,
    NEIGHBOUR,
    PHONE,
    at,
    read,
    suggested,
)

RS_OF_THE_SAME = replace(NOISE, identity=Identity.PHONE, contact_phone=PHONE)


def mark_of(desks: Desks, number: str) -> bytes | None:
    with desks.deployment.database.reading() as session:
        wanted = select(Receipt.contact_mark).join(Case, Case.id == Receipt.case_id)
        return session.scalar(wanted.where(Case.number == number))


def test_the_same_telephone_comes_first_then_what_is_alike(desks_on_each: Desks) -> None:
    desks = desks_on_each
    first, again, neighbour = (desks.case(draft) for draft in (FIRST, AGAIN, NEIGHBOUR))
    about_another = desks.case(ELSE, identity=Identity.PHONE, contact_phone=PHONE)
    other_matter = desks.case(ELSE)
    strange = desks.case(RS_OF_THE_SAME)

    found = suggested(desks, "mz-officer", first)

    assert list(found)[:2] == [again, about_another]
    assert found[again].startswith("同一个电话；内容")
    assert found[about_another].startswith("同一个电话")
    assert "同一项补贴" in found[neighbour]
    assert "同一个街道" in found[neighbour]
    assert "电话" not in found[neighbour]
    assert not {other_matter, strange} & found.keys()
    assert strange in suggested(desks, "office", first)
    assert first not in suggested(desks, "rs-officer", strange)


def test_a_telephone_is_found_however_it_was_typed_and_stored_as_a_mark_only(desks: Desks) -> None:
    first = desks.case(FIRST)
    marks = [mark_of(desks, number) for number in (first, desks.case(AGAIN), desks.case())]
    assert marks[0] == marks[1] is not None
    assert marks[2] is None
    assert PHONE.encode() not in (marks[0] or b"")


def test_a_tip_off_is_tied_to_nothing_that_the_same_person_says_openly(desks: Desks) -> None:
    ordinary = desks.case(FIRST)
    tip_off = desks.case(FIRST, kind=Kind.TIP_OFF)
    hidden = desks.case(FIRST, keep_from_unit=True)

    assert [mark_of(desks, number) for number in (tip_off, hidden)] == [None, None]
    assert tip_off not in suggested(desks, "office", ordinary)
    assert suggested(desks, "office", tip_off) == {}
    reasons = suggested(desks, "office", ordinary).get(hidden, "")
    assert "同一个电话" not in reasons


def test_what_becomes_a_tip_off_is_forgotten(desks: Desks) -> None:
    ordinary, other = desks.case(FIRST), desks.case(AGAIN)
    answer = desks.act("office", other, "sort", kind="tip_off", told="您说的是违规的事")
    assert answer.status_code == 303
    assert mark_of(desks, other) is None
    assert other not in suggested(desks, "office", ordinary)


def test_who_is_accused_finds_nothing(desks: Desks) -> None:
    ordinary = desks.case(FIRST)
    before = read(desks, "mz-officer", at(ordinary))

    accusing = desks.case(FIRST, accused="区民政局", keep_from_unit=True)

    assert read(desks, "mz-officer", at(ordinary)) == before
    for path in (at(accusing), at(ordinary, accusing), at(ordinary, accusing, "link")):
        answer = desks.get("mz-officer", path)
        unknown = desks.get("mz-officer", path.replace(accusing, "JH00000000"))
        assert (answer.status_code, answer.data) == (404, unknown.data)
    typed = desks.get("mz-officer", f"{at(ordinary)}?number={accusing}").text
    assert f"没有找到编号是{accusing}的另一件" in typed


def test_who_only_helps_is_suggested_nothing(desks: Desks) -> None:
    first = desks.case(FIRST)
    desks.case(AGAIN)
    desks.act("office", first, "assist", unit="RS", words="查社保")
    assert "由主办单位和办公室来比" in read(desks, "rs-officer", at(first))
    assert suggested(desks, "rs-officer", first) == {}


def test_a_number_leads_to_the_two_side_by_side(desks: Desks) -> None:
    first, other = desks.case(FIRST), desks.case(ELSE)
    answer = desks.get("mz-officer", f"{at(first)}?number= {other.lower()} ")
    assert (answer.status_code, answer.location) == (303, at(first, other))
    page = read(desks, "mz-officer", at(first, other))
    assert FIRST.words in page
    assert ELSE.words in page


def test_a_page_costs_the_same_however_many_cases_there_are(desks: Desks) -> None:
    first = desks.case(FIRST)
    desks.case(AGAIN)
    few = statements(desks, first)
    for place in range(12):
        desks.case(NEIGHBOUR, words=f"{NEIGHBOUR.words}{place}")
    assert statements(desks, first) == few
    assert few <= 30


def statements(desks: Desks, number: str) -> int:
    """How many statements the page sends."""
    desks.get("mz-officer", at(number))
    sent: list[str] = []

    def keep(*args: object) -> None:
        sent.append(str(args[2]))

    engine = desks.deployment.database.engine
    event.listen(engine, "before_cursor_execute", keep)
    desks.get("mz-officer", at(number))
    event.remove(engine, "before_cursor_execute", keep)
    return len(sent)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("高龄津贴没发", "高龄津贴没发", 1, 1),
        ("高龄津贴，没发！", "高龄 津贴没发", 1, 1),
        ("ＡＢ卡号１２３", "ab卡号123", 1, 1),
        ("高龄津贴没发", "低保金被扣了", 0, 0),
        ("高龄津贴三个月没发", "高龄津贴两个月没发", 0.5, 0.8),
        ("", "", 0, 0),
        ("高", "高", 0, 0),
    ],
)
def test_likeness(one: str, other: str, least: float, most: float) -> None:
    found = likeness(pairs_in(one), pairs_in(other))
    assert least <= found <= most
    assert found == likeness(pairs_in(other), pairs_in(one))
