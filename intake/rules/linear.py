"""Which of a few labels a text bears, by the pairs of characters in it: a linear model, learnt from
labelled examples.

Chinese has no spaces, and people who write to the line have no fixed words; single characters and
pairs of them carry what tells a complaint from a question whatever the spelling.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, sqrt

# Weights are kept as whole tenths: small numbers that every process shares.
SCALE = 10
_ZERO = 128
_CLAUSE = re.compile(r"[^\s，。；：！？、,;:!?.…“”\"（）()]+")
# As much of a clause as somebody takes in at a glance.
_LONGEST = 24


class Weight(bytes):
    """What one feature says: how rare it is in the examples, and for each label how much it speaks
    for it; both in tenths. There are tens of thousands, so that each is a byte and no object."""

    __slots__ = ()

    @classmethod
    def of(cls, rarity: int, votes: Iterable[int]) -> Weight:
        """A weight; what says more than a byte holds says as much as one holds."""
        return cls([rarity, *(_ZERO + max(-_ZERO, min(_ZERO - 1, vote)) for vote in votes)])

    @property
    def rarity(self) -> int:
        """How rare the feature is."""
        return self[0]

    @property
    def votes(self) -> list[int]:
        """How much it speaks for each label; below zero, against it."""
        return [byte - _ZERO for byte in self[1:]]


@dataclass(frozen=True)
class LinearModel:
    """`labels` in the order of every list of votes; `bias` is what speaks for each beforehand."""

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    weights: Mapping[str, Weight]

    def probabilities(self, text: str) -> dict[str, float]:
        """How likely each label is, in the labels' order; they add up to one."""
        # In one go and brought to length at the end: this is most of what reading a report costs.
        said = [
            (_value(number, weight[0]), weight)
            for feature, number in features_of(text).items()
            if (weight := self.weights.get(feature)) is not None
        ]
        length = sqrt(sum([value * value for value, _ in said])) or 1.0
        # The votes are read as they are kept, each so much above zero, and set right at the end.
        zero = _ZERO * sum([value for value, _ in said])
        sums = [
            (vote + (sum([value * weight[place] for value, weight in said]) - zero) / length)
            / SCALE
            for place, vote in enumerate(self.bias, start=1)
        ]
        return dict(zip(self.labels, softmax(sums), strict=True))

    def speaking_for(self, label: str, text: str, most: int = 2) -> list[tuple[int, int]]:
        """The clauses of a text that speak most for a label, in their order there: evidence for
        people, who want to see words and no numbers."""
        index, values = self._index[label], self._values(text)
        weight = [0.0] * len(text)
        for feature, value in values.items():
            gain = value * self._gain(feature, index)
            for at in _places(feature, text):
                for place in range(at, at + len(feature)):
                    weight[place] += gain / len(feature)
        return _strongest(weight, text, most)

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {label: index for index, label in enumerate(self.labels)}

    def _gain(self, feature: str, index: int) -> float:
        # As they are kept, all votes are the same so much too high.
        votes = self.weights[feature][1:]
        return votes[index] - sum(votes) / len(votes)

    def _values(self, text: str) -> dict[str, float]:
        weights = self.weights
        known = {f: n for f, n in features_of(text).items() if f in weights}
        return normalised(known, {f: weights[f][0] / SCALE for f in known})


def features_of(text: str) -> Counter[str]:
    """The characters of a text and the pairs of neighbours, with how often each comes."""
    return Counter([*text, *map(str.__add__, text, text[1:])])


def normalised(counts: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    """The value of each feature, so that a long text weighs no more than a short one."""
    values = {f: rarity[f] if n == 1 else (1 + log(n)) * rarity[f] for f, n in counts.items()}
    length = sqrt(sum(value * value for value in values.values())) or 1.0
    return {feature: value / length for feature, value in values.items()}


def _value(number: int, rarity: int) -> float:
    """What a feature that comes so often is worth, before the text's length is taken out."""
    return rarity / SCALE if number == 1 else (1 + log(number)) * rarity / SCALE


def softmax(sums: Sequence[float]) -> list[float]:
    """Sums as probabilities."""
    highest = max(sums)
    raised = [exp(one - highest) for one in sums]
    total = sum(raised)
    return [one / total for one in raised]


def _places(feature: str, text: str) -> Iterable[int]:
    at = text.find(feature)
    while at >= 0:
        yield at
        at = text.find(feature, at + 1)


def _strongest(weight: Sequence[float], text: str, most: int) -> list[tuple[int, int]]:
    """The clauses that speak most, of longer ones the part that does; none that says less than half
    as much as the strongest."""
    said = sorted(
        ((sum(weight[first:end]), first, end) for first, end in _parts(weight, text)), reverse=True
    )
    if not said or said[0][0] <= 0:
        return []
    kept = [one for one in said[:most] if one[0] >= said[0][0] / 2]
    return sorted((first, end) for _, first, end in kept)


def _parts(weight: Sequence[float], text: str) -> Iterable[tuple[int, int]]:
    for clause in _CLAUSE.finditer(text):
        first, last = clause.start(), max(clause.start(), clause.end() - _LONGEST)
        begin = max(range(first, last + 1), key=lambda at: sum(weight[at : at + _LONGEST]))
        yield begin, min(clause.end(), begin + _LONGEST)
