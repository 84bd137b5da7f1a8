"""Finding words whatever way they are spelt: the quick way agrees with the plain one."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from admin.desk.folded import Words, fold

_CHARACTERS = st.sampled_from("津贴金⾦㈮aAａＡﬁfi1①１カｶ゛ガが\u3099éé́ 　，,")
_TEXTS = st.text(_CHARACTERS, max_size=30)


@settings(deadline=None)
@given(_TEXTS, _TEXTS)
@example("か\u3099", "が")
@example("第①笔", "1")
def test_a_word_is_found_where_its_folded_text_holds_it(text: str, typed: str) -> None:
    words = Words.of(typed)

    assert words.found_in(text) == [word for word in words.all if word in fold(text)]


@settings(deadline=None)
@given(_TEXTS, _TEXTS)
@example("津贴(没发)[三个月", "( [ \\")
def test_a_snippet_is_a_piece_of_the_text_itself(text: str, typed: str) -> None:
    pieces = "".join(piece for piece, _ in Words.of(typed).snippet(text))

    assert pieces.strip("…") in text


def test_a_long_text_is_cut_around_the_first_word() -> None:
    text = "前" * 200 + "低保金" + "后" * 200

    pieces = Words.of("低保金").snippet(text)

    assert ("低保金", True) in pieces
    assert pieces[0] == pieces[-1] == ("…", False)
    assert sum(len(piece) for piece, _ in pieces) < 80


def test_the_same_word_twice_is_one() -> None:
    assert Words.of(" 低保　低保 ＡＢ ab").all == ("低保", "ab")
