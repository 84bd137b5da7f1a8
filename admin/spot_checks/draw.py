"""The draw of a spot check (重点抽查, plans 五(二)2), exact and the same for everybody who repeats
it. Pure: `docs/repeat-the-draw.py` does the same from what is published.

Who stands in the stratum `certain` is taken, whatever the number. Of the other strata one unit each
is taken at least, so that every unit has a chance above zero; inside a stratum all have the same.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

CERTAIN = "certain"


@dataclass(frozen=True)
class Frame:
    """What is frozen before the draw: each unit's stratum by its code, the weight of each stratum
    but `certain` as a whole number above zero, and how many are asked for."""

    strata: Mapping[str, str]
    weights: Mapping[str, int]
    asked: int

    @property
    def text(self) -> str:
        """The frame in its one form, whatever order it was put together in."""
        return "\n".join(
            [
                f"asked {self.asked}",
                *(f"weight {name} {weight}" for name, weight in sorted(self.weights.items())),
                *(f"unit {code} {stratum}" for code, stratum in sorted(self.strata.items())),
            ]
        )

    @property
    def groups(self) -> dict[str, list[str]]:
        """The units of each stratum that isn't empty, both in the order of their codes."""
        found: dict[str, list[str]] = {name: [] for name in sorted(set(self.strata.values()))}
        for code, stratum in sorted(self.strata.items()):
            found[stratum].append(code)
        return found


@dataclass(frozen=True)
class Drawn:
    """Which units were drawn, in the order of their codes; how many of each stratum; and with which
    chance each unit of a stratum was."""

    units: tuple[str, ...]
    allocation: Mapping[str, int]
    chances: Mapping[str, Fraction]


def sample_size(ratio: Fraction, units: int) -> int:
    """How many units a ratio asks for at least: ⌈ratio·units⌉."""
    return -(-ratio.numerator * units // ratio.denominator)


def commit_of(seed: bytes) -> str:
    """What is published of a seed before the draw: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(seed).hexdigest()


def frame_commit_of(seed: bytes, frame: Frame) -> str:
    """What is published of a frame before the draw: HMAC-SHA-256 under the seed, in hexadecimal
    digits. Without the key somebody could try out which units are certain until it fits."""
    return hmac.new(seed, frame.text.encode(), hashlib.sha256).hexdigest()


def allocate(
    sizes: Mapping[str, int], weights: Mapping[str, int], places: int, least: int = 1
) -> dict[str, int]:
    """How many of each stratum are drawn: `least` at least, never more than there are, and for the
    rest of the places in proportion to weight times size (the highest quotient by odd divisors, of
    equal ones the first name). `sizes` are above zero, and places suffice for `least` of each."""
    taken = {name: min(least, sizes[name]) for name in sorted(sizes)}
    for _ in range(min(places, sum(sizes.values())) - sum(taken.values())):
        roomy = [name for name in taken if taken[name] < sizes[name]]
        taken[max(roomy, key=lambda one: _quotient(sizes, weights, one, taken[one]))] += 1
    return taken


def in_order(seed: bytes, public_number: str, stratum: str, units: Sequence[str]) -> list[str]:
    """The units of a stratum in the order of their lots: the lowest SHA-256 of seed, public number,
    stratum and unit, a line each, comes first."""

    def lot(code: str) -> bytes:
        return hashlib.sha256(seed + f"\n{public_number}\n{stratum}\n{code}".encode()).digest()

    return sorted(units, key=lot)


def draw(frame: Frame, *, seed: bytes, public_number: str) -> Drawn:
    """Draw: in each stratum come first the units with the lowest SHA-256 of seed, public number,
    stratum and unit, a line each."""
    groups = frame.groups
    certain = groups.pop(CERTAIN, [])
    places = max(frame.asked - len(certain), len(groups))
    sizes = {name: len(those) for name, those in groups.items()}
    allocation = allocate(sizes, frame.weights, places)
    units = [*certain]
    for name, those in groups.items():
        units += in_order(seed, public_number, name, those)[: allocation[name]]
    if certain:
        sizes[CERTAIN] = allocation[CERTAIN] = len(certain)
    chances = {name: Fraction(allocation[name], size) for name, size in sizes.items()}
    return Drawn(tuple(sorted(units)), allocation, chances)


def _quotient(
    sizes: Mapping[str, int], weights: Mapping[str, int], name: str, taken: int
) -> Fraction:
    return Fraction(weights[name] * sizes[name], 2 * taken + 1)
