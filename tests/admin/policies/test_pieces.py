"""Two texts in one, as the second reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.policies.proposal import pieces

TEXT = st.text(alphabet="一二三四，。ab", max_size=30)


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ("", "新的", [("new", "新的")]),
        ("旧的", "", [("gone", "旧的")]),
        ("一样的话", "一样的话", [("kept", "一样的话")]),
        (
            "每月打到一卡通",
            "每季打到一卡通",
            [("gone", "每月"), ("new", "每季"), ("kept", "打到一卡通")],
        ),
        (
            "城市最低生活保障金",
            "低保金",
            [("gone", "城市最低生活保障"), ("new", "低保"), ("kept", "金")],
        ),
    ],
)
def test_what_changed_stands_out(before: str, now: str, shown: list[tuple[str, str]]) -> None:
    assert pieces(before, now) == shown


@given(TEXT, TEXT)
def test_both_texts_are_there_whole(before: str, now: str) -> None:
    cut = pieces(before, now)
    assert "".join(text for kind, text in cut if kind != "new") == before
    assert "".join(text for kind, text in cut if kind != "gone") == now
