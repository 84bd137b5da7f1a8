"""What changed between two texts, for any two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from admin.notices.differences import Change, Piece, differences

TEXTS = st.text(alphabet="甲乙丙。；\n", max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(one.text for one in pieces if one.change is not Change.GONE) == after
    assert "".join(one.text for one in pieces if one.change is not Change.NEW) == before


@given(TEXTS)
def test_nothing_changed_between_a_text_and_itself(text: str) -> None:
    assert {one.change for one in differences(text, text)} <= {Change.SAME}


def test_a_changed_sentence_is_told_from_those_around_it() -> None:
    assert differences("一。二。三。", "一。两。三。") == [
        Piece(Change.SAME, "一。"),
        Piece(Change.GONE, "二。"),
        Piece(Change.NEW, "两。"),
        Piece(Change.SAME, "三。"),
    ]
