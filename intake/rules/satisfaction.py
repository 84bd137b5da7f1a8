"""What a reporter answers when his case is closed: whether it was solved, and how satisfied he is;
and whose answers ask for a visit (回访).

Answers are chosen from a list, by a tick or by one digit: they are codes, not words.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType


class Solved(StrEnum):
    """Whether what he wrote about was solved."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def plain(self) -> str:
        """The words that a reporter chooses by, and that officers read."""
        return {Solved.YES: "解决了", Solved.PARTLY: "解决了一部分", Solved.NO: "没有解决"}[self]


# From 1 to 5, as a text message gives them.
SCORES: Mapping[int, str] = MappingProxyType(
    {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}
)
_SATISFIED, _UNSATISFIED = 4, 2


def is_satisfied(satisfaction: int) -> bool:
    """Whether a score counts as satisfied (满意率)."""
    return satisfaction >= _SATISFIED


def is_unhappy(solved: Solved | None, satisfaction: int | None) -> bool:
    """Whether somebody has to ask what is wrong: it wasn't solved, or he isn't satisfied."""
    return solved is Solved.NO or (satisfaction is not None and satisfaction <= _UNSATISFIED)


def is_drawn(mark: bytes, share: float) -> bool:
    """Whether a case falls into the share that is visited. `mark` is a digest of its number: the
    same case is drawn or not whenever it is asked."""
    return Fraction(int.from_bytes(mark), 256 ** len(mark)) < Fraction(str(share))
