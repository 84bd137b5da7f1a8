"""The margins against numbers worked out by hand, and against samples drawn from towns of which
everything is known."""

from __future__ import annotations

import random
from math import inf, sqrt

import pytest

from admin.assessments.margins import Counted, Z, effective, share_of, wilson


def test_wilson_s_interval_is_the_one_of_the_books() -> None:
    # 10 of 10, and 0 of 10: the other end is z²/(10+z²) = 3.8415/13.8415.
    assert wilson(1.0, 10) == pytest.approx((10 / 13.8414588, 1.0), abs=1e-6)
    assert wilson(0.0, 10) == pytest.approx((0.0, 3.8414588 / 13.8414588), abs=1e-6)
    # 81 of 263, in Newcombe, Statistics in Medicine 17 (1998), table I: 0.2553 to 0.3662.
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0.3, inf) == (0.3, 0.3)


def test_one_street_where_nobody_had_complained() -> None:
    """40 of 400 are asked, 30 say yes. v = (1-f)·p(1-p)/(n-1) = 0.9·0.1875/39."""
    found = share_of([Counted(400, 40, 40, 30)])
    assert found is not None
    assert found.share == 0.75
    assert effective([Counted(400, 40, 40, 30)], 0.75) == pytest.approx(39 / 0.9)
    assert (found.low, found.high) == pytest.approx(wilson(0.75, 39 / 0.9))


def test_two_streets_weigh_by_their_lists() -> None:
    """By hand: Σ N·n/m = 300 + 100 = 400, Σ N·y/m = 150 + 75 = 225, p = 0.5625.

    e in the first: 10 of 0.4375, 10 of -0.5625; Σe² = 5.078125, mean -0.0625, s² = 5/19.
    e in the second: 15 of 0.4375, 5 of -0.5625; Σe² = 4.453125, mean 0.1875, s² = 3.75/19.
    v = (300²·(14/15)·(5/19)/20 + 100²·0.8·(3.75/19)/20) / 400².
    """
    streets = [Counted(300, 20, 20, 10), Counted(100, 20, 20, 15)]
    v = (300**2 * (14 / 15) * (5 / 19) / 20 + 100**2 * 0.8 * (3.75 / 19) / 20) / 400**2
    found = share_of(streets)
    assert found is not None
    assert found.share == pytest.approx(0.5625)
    assert effective(streets, 0.5625) == pytest.approx(0.5625 * 0.4375 / v)


def test_who_complained_before_is_no_part_of_the_share() -> None:
    """Of 30 asked 10 complained before; 5 of the other 20 say yes."""
    one = [Counted(300, 30, 20, 5)]
    found = share_of(one)
    assert found is not None
    assert found.share == 0.25
    # Σe² = 5·0.75² + 15·0.25² = 3.75, mean 0, s² = 3.75/29; Σ N·n/m = 200.
    v = 300**2 * 0.9 * (3.75 / 29) / 30 / 200**2
    assert effective(one, 0.25) == pytest.approx(0.25 * 0.75 / v)


def test_where_all_are_asked_nothing_is_left_to_chance() -> None:
    found = share_of([Counted(8, 8, 8, 6), Counted(4, 4, 4, 1)])
    assert found is not None
    assert (found.low, found.share, found.high) == pytest.approx((7 / 12, 7 / 12, 7 / 12))


@pytest.mark.parametrize("chose", [0, 20])
def test_none_and_all_have_a_margin_too(chose: int) -> None:
    found = share_of([Counted(1000, 20, 20, chose)])
    assert found is not None
    assert found.share == chose / 20
    assert found.high - found.low == pytest.approx(Z**2 / (20 / 0.98 + Z**2))


def test_what_nobody_was_asked_has_no_share() -> None:
    assert share_of([]) is None
    assert share_of([Counted(100, 0, 0, 0)]) is None
    assert share_of([Counted(100, 4, 0, 0)]) is None
    alone = share_of([Counted(100, 1, 1, 1), Counted(100, 0, 0, 0)])
    assert alone is not None
    assert (alone.share, alone.high) == (1.0, 1.0)
    assert alone.low < 0.25


# Each town: for a street its list, the share of those who complained before, and of the others the
# share who would say yes; how many are asked in it.
_TOWNS = {
    "alike": [(600, 0.1, 0.5, 40), (300, 0.1, 0.5, 20), (100, 0.1, 0.5, 8)],
    "apart": [(500, 0.05, 0.9, 30), (400, 0.2, 0.3, 24), (60, 0.3, 0.6, 12)],
    "rare": [(900, 0.1, 0.04, 60), (300, 0.1, 0.02, 20)],
    "small": [(30, 0.1, 0.7, 12), (24, 0.2, 0.4, 10)],
}


@pytest.mark.parametrize("town", _TOWNS)
def test_about_95_of_100_margins_hold_the_truth(town: str) -> None:
    """Seeded, so that it is the same every time. Short of 92 the margin would be a false promise,
    and over 99.9 it would be too wide to be of use."""
    dice = random.Random(f"margins of {town}")  # noqa: S311  # A test's dice.
    streets = [_people(dice, *one[:3]) for one in _TOWNS[town]]
    truth = _truth(streets)
    held, tries = 0, 1500
    for _ in range(tries):
        counted = [
            _ask(dice, people, number)
            for people, (*_, number) in zip(streets, _TOWNS[town], strict=True)
        ]
        found = share_of(counted)
        assert found is not None
        held += found.low <= truth <= found.high
    off = 3 * sqrt(0.05 * 0.95 / tries)
    assert 0.94 - off <= held / tries <= 0.99


def _people(dice: random.Random, size: int, complained: float, yes: float) -> list[str]:
    before = round(size * complained)
    says = round((size - before) * yes)
    people = ["complained"] * before + ["yes"] * says + ["no"] * (size - before - says)
    dice.shuffle(people)
    return people


def _truth(streets: list[list[str]]) -> float:
    everybody = [one for people in streets for one in people]
    return everybody.count("yes") / (len(everybody) - everybody.count("complained"))


def _ask(dice: random.Random, people: list[str], number: int) -> Counted:
    """Ask until so many have answered that never complained, as reserves do, by half as many."""
    lots = dice.sample(people, min(len(people), number + -(-number // 2)))
    asked, reserves = lots[:number], lots[number:]
    while reserves and asked.count("complained") > len(asked) - number:
        asked.append(reserves.pop(0))
    never = [one for one in asked if one != "complained"]
    return Counted(len(people), len(asked), len(never), never.count("yes"))
