"""评 CODE 1-5: how satisfied somebody is, by text message."""

from __future__ import annotations

import pytest

from intake.cases.message import MessageKind
from intake.sms.answers import PART_LENGTH
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.admin.follow_up.visits import answered, closed, events, kept
from tests.fakes import message_id
from tests.intake.sms.conftest import line_of
from tests.intake.sms.stored import letters


@pytest.mark.parametrize("sign", ["评 {} 2", "評價：{}２分", "评{}，二", "“评” {}\n2 星"])
def test_a_score_in_odd_spellings(desks: Desks, sign: str) -> None:
    with desks.on("2022-06-06"):
        desks.case(NOISE)
        number, code = closed(desks)
        parts = line_of(desks.deployment)(sign.format(code.lower()))
    assert parts[0].startswith(f"编号{number}：您评了2分")
    assert "2022年6月21日前上网提" in parts[1]
    assert all(len(part) <= PART_LENGTH for part in parts)
    assert answered(desks, number) == [(None, 2, "text")]
    assert kept(desks, number)[0].why == "unsatisfied"


def test_words_after_the_score_are_kept_sealed(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        number, code = closed(desks)
        parts = line_of(desks.deployment)(f"评 {code} 4，三月的补上了")
        case = desks.stored(number)
    assert len(parts) == 1
    assert letters(desks.deployment, case, "MZ", MessageKind.REMARK) == ["三月的补上了"]


def test_the_same_message_counts_once_and_answers_the_same(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks)
        line, sid = line_of(desks.deployment), message_id()
        first, again = (line(f"评 {code} 1", sid=sid) for _ in range(2))
        line(f"评 {code} 5")
    assert first == again
    assert answered(desks, number) == [(None, 5, "text")]
    assert len(events(desks, number, "answered")) == 2


def test_without_a_score_nothing_is_taken(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks)
        line = line_of(desks.deployment)
        for said in ("", " 10", " 0", " 很好", " 一直没到账", " 3月的钱还没到"):
            assert "没有看到分数" in line(f"评 {code}{said}")[0], said
    assert answered(desks, number) == []


def test_what_isnt_closed_and_a_tip_off_take_none(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        line = line_of(desks.deployment)
        for draft in (NOISE, TIP_OFF):
            sent = desks.register(draft)
            parts = line(f"评 {sent.query_code} 5")
            assert parts[0].startswith(f"编号{sent.case.number}：现在不收评价")
            assert answered(desks, sent.case.number) == []


def test_an_unknown_code_gets_the_same_words_as_always(desks: Desks) -> None:
    line = line_of(desks.deployment)
    asked = line("查 ABCD")
    assert line("评 ABCD 5") == asked
    assert line("评 0000 0000 0000 0000 0 5") == asked


def test_words_that_begin_like_a_score_are_words(desks: Desks) -> None:
    line = line_of(desks.deployment)
    for said in ("评残一直没有通过，补贴停了", "评低保的时候村里没有公示"):
        assert "收到了" in line(said)[0]
