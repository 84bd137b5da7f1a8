"""Masked names: what of a name may be read, whoever wrote it and however."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.published.masking import STAR, is_plain_name, is_whole_name, mask

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
LETTERS = st.characters(categories=["Lu", "Ll", "Lo"])


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王*明"),
        ("王明", "王*"),
        ("王", "*"),
        ("欧阳小明", "欧*明"),
        ("阿依古丽·买买提", "阿*提"),
        ("阿依古丽•买买提", "阿*提"),
        (" 王 小　明 ", "王*明"),
        ("王\u200b小\ufeff明", "王*明"),
        ("ＪＯＨＮ ｓｍｉｔｈ", "J*H"),
        ("John Smith", "J*H"),
        ("𠮷田明", "𠮷*明"),
        ("王＊明", "王*明"),
        ("王**", "王*"),
        ("王某", "王*"),
        ("王某某", "王*"),
        ("王×明", "王*明"),
        ("", "*"),
    ],
)
def test_a_name_shows_its_first_and_last_letter_at_most(name: str, masked: str) -> None:
    assert mask(name) == masked


@given(st.text(alphabet=LETTERS, max_size=20))
def test_never_more_than_two_letters_and_never_the_whole_name(name: str) -> None:
    masked = mask(name)
    assert STAR in masked
    assert len(masked.replace(STAR, "")) <= 2
    assert masked.count(STAR) == 1
    assert masked != name


@given(st.text(alphabet=HAN, min_size=2, max_size=8))
def test_of_two_letters_one_shows_and_of_more_two(name: str) -> None:
    shown = mask(name).replace(STAR, "")
    hidden = [one for one in name if one not in "某"]
    if len(hidden) == len(name):
        assert shown == (name[0] if len(name) == 2 else name[0] + name[-1])


@given(st.text(max_size=20))
def test_what_is_masked_stays_as_it_is(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text(alphabet=HAN, min_size=1, max_size=5), st.sampled_from([" ", "　", "\u200b", "·"]))
def test_blanks_and_dots_make_no_difference(name: str, between: str) -> None:
    assert mask(between.join(name)) == mask(name)


@pytest.mark.parametrize(
    "cell", ["张三（8岁）", "张三2", "张三13907123456", "*", "**明", "张三,李四"]
)
def test_a_note_beside_a_name_is_no_name(cell: str) -> None:
    assert not is_plain_name(cell)


@pytest.mark.parametrize("typed", ["王", "欧阳", "王*明", "王某", "", " ", "J", "张三1"])
def test_by_less_than_a_whole_name_nobody_is_looked_for(typed: str) -> None:
    assert not is_whole_name(typed)


@pytest.mark.parametrize("typed", ["王明", "欧阳明", "阿依古丽·买买提", "Li Na"])
def test_a_whole_name_is_looked_for(typed: str) -> None:
    assert is_whole_name(typed)
