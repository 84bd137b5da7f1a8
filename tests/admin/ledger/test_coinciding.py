"""Where a text repeats another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from admin.ledger.coinciding import LEAST, coinciding, letters, naming

HAN = st.text(alphabet=[chr(0x4E00 + at) for at in range(400)], min_size=LEAST, max_size=30)
MARKS = st.text(alphabet=" ，。、-\n　", max_size=3)


def test_eleven_letters_are_no_passage_and_twelve_are_one() -> None:
    original = "一二三四五六七八九十甲乙丙丁"
    assert coinciding(f"有{original[:11]}没有", [original]) == []
    assert coinciding(f"有{original[:12]}没有", [original]) == [(1, 13)]


@given(before=HAN, passage=HAN, after=HAN, marks=MARKS)
def test_a_passage_is_found_whatever_marks_are_strewn_in(
    before: str, passage: str, after: str, marks: str
) -> None:
    strewn = marks.join(passage)
    text = f"{before}。{strewn}。{after}"
    spans = coinciding(text, [f"从前{passage}以后"])
    start = len(before) + 1
    inside = [place for place in range(start, start + len(strewn)) if letters(text[place]).text]
    assert all(any(low <= place < high for low, high in spans) for place in inside)


def test_a_name_is_found_and_a_single_letter_is_none() -> None:
    assert naming("说是万 秋 月讲的", ["万秋月", "讲"]) == [(2, 7)]
    assert naming("ＡＢ１２３来过", ["ab123"]) == [(0, 5)]
