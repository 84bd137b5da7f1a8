"""Found too little: an exact tail, and silence where numbers are small."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from types import MappingProxyType

import pytest

from admin.returns.too_few import Found, by_recipients, found_too_little, poisson_tail


def tail(problems: int, expected: str) -> float:
    """The same by another road: Poisson's series in sixty digits, term from term."""
    with localcontext() as context:
        context.prec = 60
        mean = Decimal(expected)
        term = total = (-mean).exp()
        for count in range(1, problems + 1):
            term *= mean / count
            total += term
        return float(total)


@pytest.mark.parametrize("expected", ["0.5", "5", "5.25", "12", "48.75", "900"])
def test_the_tail_is_exact(expected: str) -> None:
    mean = float(expected)
    for problems in {0, 1, 2, int(mean / 2), int(mean), int(2 * mean)}:
        assert poisson_tail(problems, mean) == pytest.approx(tail(problems, expected), rel=1e-9)


def little(
    found: dict[str, Found], recipients: Mapping[str, int] = MappingProxyType({})
) -> dict[str, str]:
    said = found_too_little(
        *by_recipients(found, recipients), least_expected=5, least_peers=4, most_chance=0.01
    )
    return {unit: one.reason for unit, one in said.items()}


def test_it_is_said_of_one_among_peers_and_why() -> None:
    streets = {f"ST0{number}": Found(12, 1000) for number in range(1, 6)}
    assert little(streets) == {}
    (unit, why), *others = little({**streets, "ST06": Found(2, 1000)}).items()
    assert (unit, others) == ("ST06", [])
    assert why == (
        "应摸底1000户（单位自己报的），照5个同类单位的平均该查出12.0个，实际查出2个；"
        "只因为碰巧而这么少，可能性是0.05%。"
    )


def test_it_is_silent_where_numbers_are_small() -> None:
    streets = {f"ST0{number}": Found(12, 1000) for number in range(1, 5)}
    # Few households: five problems wouldn't be expected of it.
    assert little({**streets, "ST06": Found(0, 400)}) == {}
    # Few peers; and who had no households due is none.
    three = dict(list(streets.items())[:3])
    assert little({**three, "ST05": Found(0, 0), "ST06": Found(0, 1000)}) == {}


def test_recipients_count_where_they_are_known_of_all() -> None:
    """A street that says itself how few households are due no longer gets away with it."""
    typed = {f"ST0{number}": Found(12, 1000) for number in range(1, 6)} | {"ST06": Found(2, 100)}
    assert little(typed) == {}
    known = dict.fromkeys(typed, 2000)
    (unit, why), *others = little(typed, known).items()
    assert (unit, others) == ("ST06", [])
    assert why.startswith("领补贴的2000人（按方案的数据），照5个同类单位的平均该查出12.0个，")
    # Of a unit of another kind nothing has to be known; of each that is compared it has.
    assert little(typed, {**known, "MZ": 1}).keys() == {"ST06"}
    assert little(typed, {unit: number for unit, number in known.items() if unit != "ST03"}) == {}
