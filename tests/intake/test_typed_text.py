"""Cleaning what people type."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.typed_text import telephone, tidy, tidy_line


@given(st.text())
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    clean = tidy(text)

    assert tidy(clean) == clean
    assert tidy_line(tidy_line(text)) == tidy_line(text)
    assert "\n" not in tidy_line(text)


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))))
def test_ordinary_text_is_never_changed(text: str) -> None:
    assert tidy(text) == text.strip()


@given(st.text(st.characters()))
def test_no_control_character_is_left(text: str) -> None:
    left = {c for c in tidy(text) if unicodedata.category(c) in {"Cc", "Cs"}}

    assert left <= {"\n", "\t"}


def test_lines_are_kept_and_hidden_marks_are_not() -> None:
    assert tidy("一\r\n二\r三\u2028四\x00\u202e") == "一\n二\n三\n四"
    assert tidy_line(" 王\u3000小\n明 ") == "王 小 明"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("139 0000 1234", "13900001234"),
        ("+86-13900001234", "13900001234"),
        ("008613900001234", "13900001234"),
        ("027-88881234", "02788881234"),
        ("8888 1234", "88881234"),
        ("86881234", "86881234"),
        ("1390000123", None),
        ("139000012345", None),
        ("没有", None),
        ("", None),
        ("٠٢٧٨٨٨٨١٢٣٤", None),
    ],
)
def test_telephones(typed: str, number: str | None) -> None:
    assert telephone(typed) == number
