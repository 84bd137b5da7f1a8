"""Words written by ear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.sounds import sound


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("高令津帖", "高龄津贴"),
        ("高林津贴", "高龄津贴"),
        ("低宝金", "低保金"),
        ("护里补帖", "护理补贴"),
        ("抚序金", "抚恤金"),
        ("参疾不贴", "残疾补贴"),
        ("脱养", "托养"),
    ],
)
def test_what_sounds_alike_is_alike(written: str, meant: str) -> None:
    assert sound(written) == sound(meant)


def test_what_sounds_different_is_different() -> None:
    assert len({sound(word) for word in ("低保", "残补", "油补", "医保", "房补")}) == 5


@given(st.text())
def test_a_sound_stands_where_its_character_stands(text: str) -> None:
    assert len(sound(text)) == len(text)
    assert all(a == b for a, b in zip(text, sound(text), strict=True) if not "一" <= a <= "鿿")
