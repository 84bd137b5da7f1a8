"""Whose answers ask for a visit, and which cases fall into the share."""

from __future__ import annotations

import hashlib

import pytest

from intake.rules.satisfaction import SCORES, Solved, is_drawn, is_satisfied, is_unhappy


@pytest.mark.parametrize(
    ("solved", "score", "unhappy"),
    [
        (Solved.NO, None, True),
        (Solved.NO, 5, True),
        (Solved.YES, 2, True),
        (None, 1, True),
        (Solved.PARTLY, 3, False),
        (Solved.YES, None, False),
        (None, None, False),
    ],
)
def test_who_is_unhappy(solved: Solved | None, score: int | None, unhappy: bool) -> None:
    assert is_unhappy(solved, score) is unhappy


def test_nobody_is_both_satisfied_and_unhappy() -> None:
    assert [score for score in sorted(SCORES) if is_satisfied(score)] == [4, 5]
    assert not any(is_satisfied(score) and is_unhappy(None, score) for score in SCORES)


def test_the_share_is_drawn_whenever_it_is_asked() -> None:
    marks = [hashlib.blake2b(str(n).encode(), digest_size=32).digest() for n in range(4000)]
    drawn = [mark for mark in marks if is_drawn(mark, 0.3)]
    assert 1080 <= len(drawn) <= 1320
    assert drawn == [mark for mark in marks if is_drawn(mark, 0.3)]
    assert set(drawn) <= {mark for mark in marks if is_drawn(mark, 0.5)}


def test_nothing_and_everything() -> None:
    lowest, highest = b"\x00" * 32, b"\xff" * 32
    assert not is_drawn(lowest, 0)
    assert is_drawn(highest, 1)
