"""Learning a linear model from labelled examples: the same examples in the same order give the same
model on every machine.

Multinomial logistic regression by stochastic gradient with steps that shrink for each feature by
itself (AdaGrad, Duchi et al. 2011). A rare label counts as much as a frequent one.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt

from intake.rules.linear import SCALE, LinearModel, Weight, features_of, normalised, softmax

_ROUNDS = 10
_STEP = 0.5
_SHRINKING = 1e-4
# What stands in one or two examples only can't be told from chance.
_FEWEST = 3
_NEARLY_NOTHING = 1e-8


@dataclass
class _Learner:
    """Weights while they are being learnt."""

    labels: Sequence[str]
    rarity: Mapping[str, float]
    bias: list[float] = field(init=False)
    weights: dict[str, list[float]] = field(init=False)
    moved: dict[str, float] = field(init=False)
    bias_moved: float = _NEARLY_NOTHING

    def __post_init__(self) -> None:
        self.bias = [0.0] * len(self.labels)
        self.weights = {feature: [0.0] * len(self.labels) for feature in self.rarity}
        self.moved = dict.fromkeys(self.rarity, _NEARLY_NOTHING)

    def see(self, values: Mapping[str, float], right: int, importance: float) -> None:
        """Move the weights a step towards what one example says."""
        sums = list(self.bias)
        for feature, value in values.items():
            for index, weight in enumerate(self.weights[feature]):
                sums[index] += weight * value
        errors = softmax(sums)
        errors[right] -= 1
        errors = [importance * error for error in errors]
        size = sum(error * error for error in errors)
        self.bias_moved += size
        self.bias = [
            weight - _STEP / sqrt(self.bias_moved) * error
            for weight, error in zip(self.bias, errors, strict=True)
        ]
        for feature, value in values.items():
            self.moved[feature] += value * value * size
            step = _STEP / sqrt(self.moved[feature])
            self.weights[feature] = [
                weight - step * (value * error + _SHRINKING * weight)
                for weight, error in zip(self.weights[feature], errors, strict=True)
            ]


def learn(examples: Sequence[tuple[str, str]]) -> LinearModel:
    """A model of pairs of text and label."""
    counts = [features_of(text) for text, _label in examples]
    rarity = _rarity(counts)
    frequency = Counter(label for _text, label in examples)
    labels = sorted(frequency)
    seen = [
        (
            normalised({f: n for f, n in count.items() if f in rarity}, rarity),
            labels.index(label),
            len(examples) / (len(labels) * frequency[label]),
        )
        for count, (_text, label) in zip(counts, examples, strict=True)
    ]
    learner = _Learner(labels, rarity)
    order = random.Random(len(examples))  # noqa: S311  # an order that is always the same
    for _ in range(_ROUNDS):
        order.shuffle(seen)
        for one in seen:
            learner.see(*one)
    return _kept(learner)


def _rarity(counts: Sequence[Counter[str]]) -> dict[str, float]:
    standing_in = Counter(feature for count in counts for feature in count)
    return {
        # Rounded as it is kept, so that learning and reading see the same values.
        feature: round(SCALE * (1 + log((1 + len(counts)) / (1 + n)))) / SCALE
        for feature, n in sorted(standing_in.items())
        if n >= _FEWEST
    }


def _kept(learner: _Learner) -> LinearModel:
    weights = {
        feature: Weight.of(
            round(SCALE * learner.rarity[feature]), [round(SCALE * vote) for vote in votes]
        )
        for feature, votes in learner.weights.items()
    }
    return LinearModel(
        labels=tuple(learner.labels),
        bias=tuple(round(SCALE * one) for one in learner.bias),
        weights={feature: one for feature, one in weights.items() if any(one.votes)},
    )
