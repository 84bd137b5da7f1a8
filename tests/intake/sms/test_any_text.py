"""Whatever a text says, it is understood as a command or kept as words."""

from __future__ import annotations

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from intake.sms.grammar import Query, Rating, Supplement, Words, understand
from intake.vault.query_codes import is_well_formed, write_code

CODE = write_code(bytes(range(10)))
# What commands are made of, in any order, with anything between.
PIECES = st.sampled_from(["查", "补充", "评价", "码", "退订", "3分", CODE, CODE[:9], " ", "："])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=8).map("".join))
@example("评\u0661")
@example("查ﷺ" * 20)
@example("\ud800")
def test_any_text_is_a_command_or_words(text: str) -> None:
    match understand(text):
        case Words(kept):
            assert kept == text
        case Supplement(words=kept):
            # Nothing is made up, and nothing in the middle is left out.
            assert kept in text
        case Rating(score=score, words=kept):
            assert score in {None, 1, 2, 3, 4, 5}
            assert kept in text
        case Query(code):
            assert code
        case _:
            pass


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=10, max_size=10), st.text(max_size=40))
def test_words_behind_a_right_code_are_never_a_new_case(some_bytes: bytes, words: str) -> None:
    code = write_code(some_bytes)
    assert is_well_formed(code)
    # Digits alone are a number of something else; one code in a hundred million is.
    assume(sum(symbol.isalpha() for symbol in code) > 1)
    assert not isinstance(understand(f"补 {code} {words}"), Words)
