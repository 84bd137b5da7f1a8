"""Found too little (问题偏少): whether a unit found fewer problems than its peers would have, by an
exact Poisson tail. Pure; it says nothing where numbers are small."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Among(StrEnum):
    """Among what units are compared: the recipients that they have, or the households that they
    say themselves are due."""

    RECIPIENTS = "recipients"
    HOUSEHOLDS = "households"

    def words(self, number: int) -> str:
        """So many of them, as the sentence begins."""
        if self is Among.RECIPIENTS:
            return f"领补贴的{number}人（按方案的数据）"
        return f"应摸底{number}户（单位自己报的）"


@dataclass(frozen=True)
class Found:
    """What a unit found among how many."""

    problems: int
    among: int


@dataclass(frozen=True)
class FoundTooLittle:
    """A unit that found `problems` where its `peers` would have found `expected` among as many; so
    few or fewer come about by a `chance` of this. The sentence is for the office, and says what it
    rests on."""

    problems: int
    among: int
    of: Among
    expected: float
    peers: int
    chance: float

    @property
    def reason(self) -> str:
        """Why it is said, in one sentence."""
        return (
            f"{self.of.words(self.among)}，照{self.peers}个同类单位的平均该查出{self.expected:.1f}个，"
            f"实际查出{self.problems}个；只因为碰巧而这么少，可能性是{self.chance:.2%}。"
        )


def poisson_tail(problems: int, expected: float) -> float:
    """The chance that so many or fewer come about where `expected` (above 0) would on average. Each
    term is taken by its logarithm, so that no mean is too large for it."""
    terms = (
        math.exp(count * math.log(expected) - expected - math.lgamma(count + 1))
        for count in range(problems + 1)
    )
    return min(1.0, math.fsum(terms))


def by_recipients(
    found: Mapping[str, Found], recipients: Mapping[str, int]
) -> tuple[Mapping[str, Found], Among]:
    """What units found in households due, set among their recipients where that number is known of
    every one of them: households due are typed by the very unit that is judged."""
    if not found.keys() <= recipients.keys():
        return found, Among.HOUSEHOLDS
    anew = {unit: Found(one.problems, recipients[unit]) for unit, one in found.items()}
    return anew, Among.RECIPIENTS


def found_too_little(
    found: Mapping[str, Found],
    of: Among,
    *,
    least_expected: int,
    least_peers: int,
    most_chance: float,
) -> dict[str, FoundTooLittle]:
    """Those units of one kind that found too little, each compared with all others. A unit that
    found what it found among none is no peer, and isn't compared."""
    compared = {unit: one for unit, one in found.items() if one.among > 0}
    result: dict[str, FoundTooLittle] = {}
    for unit, own in compared.items():
        peers = [one for other, one in compared.items() if other != unit]
        if len(peers) < least_peers:
            continue
        rate = sum(one.problems for one in peers) / sum(one.among for one in peers)
        expected = rate * own.among
        if expected < least_expected:
            continue
        chance = poisson_tail(own.problems, expected)
        if chance <= most_chance:
            result[unit] = FoundTooLittle(own.problems, own.among, of, expected, len(peers), chance)
    return result
