"""What the campaign's data say about spot checks (重点抽查, plans 五(二)2): of which units, how
many at least, in which months; and the sorts of risk by which units are drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from portal.campaign.campaign import Campaign
from portal.campaign.unit import UnitKind

_FRACTION = re.compile(r"([0-9]{1,4})/([1-9][0-9]{0,3})")


class Risk(StrEnum):
    """Why a unit stands where it stands in a draw, in the order in which the stronger wins."""

    CERTAIN = "certain"
    NIL = "nil"
    COVERAGE = "coverage"
    WEAK = "weak"
    FEW = "few"
    OTHERS = "others"

    @property
    def plain(self) -> str:
        """The name under which it is published. Why a unit is certain is said of none of them."""
        return _NAMES[self]


_NAMES = {
    Risk.CERTAIN: "办公室指定必查",
    Risk.NIL: "零报送",
    Risk.COVERAGE: "到户到人摸排不到位",
    Risk.WEAK: "自查自纠措施不得力",
    Risk.FEW: "发现问题偏少",
    Risk.OTHERS: "其他单位",
}
# What is left to chance.
DRAWN = tuple(one for one in Risk if one is not Risk.CERTAIN)


@dataclass(frozen=True)
class SpotCheckRule:
    """`ratio` of the units of these `kinds` is drawn at least, None: as many as the office asks.
    Of a sort of risk with twice the weight, twice as many are drawn. A unit that visited
    less than `coverage` of its households is at risk, None: none is. No kinds: none are checked."""

    ratio: Fraction | None
    kinds: frozenset[UnitKind]
    months: tuple[int, ...]
    weights: Mapping[Risk, int]
    coverage: Fraction | None
    source: str

    @classmethod
    def of(cls, campaign: Campaign) -> SpotCheckRule:
        """The rule as the campaign's record keeps it."""
        stored = campaign.spot_check
        weights = stored.get("weights", {})
        return cls(
            ratio=ratio_of(stored.get("ratio") or ""),
            kinds=frozenset(map(UnitKind, stored.get("kinds", ()))),
            months=tuple(stored.get("months", ())),
            weights={one: weights.get(one.value, 1) for one in DRAWN},
            coverage=ratio_of(stored.get("coverage") or ""),
            source=stored.get("source", ""),
        )


def ratio_words(ratio: Fraction) -> str:
    """30%, or 1/3 where it is no whole percentage."""
    percent = ratio * 100
    return f"{percent}%" if percent.denominator == 1 else str(ratio)


def ratio_of(text: str) -> Fraction | None:
    """The exact fraction above 0 and up to 1 that a text like 30/100 means; None where it is
    none."""
    found = _FRACTION.fullmatch(text.strip())
    ratio = Fraction(int(found[1]), int(found[2])) if found else Fraction(0)
    return ratio if 0 < ratio <= 1 else None
