"""Rounds: every row in turn, then all of them again, so that noise falls on all alike.

A row is compared with the bare page of its own round; the medians of the rounds are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.client import Answered, Client, Load
from bench.row import NotThere, Row, probe


@dataclass(frozen=True)
class Sample:
    """One row in one round."""

    answered: Answered
    cpu_seconds: float

    @property
    def cpu_us(self) -> float:
        """The server's microseconds on the CPU for one request."""
        return self.cpu_seconds * 1e6 / max(1, self.answered.requests)


@dataclass
class Measured:
    """A row with its samples, one a round; or the reason why there are none."""

    row: Row
    samples: list[Sample] = field(default_factory=list)
    bytes_of_answer: int = 0
    not_there: str = ""
    # Answers of the round before the first, which isn't measured.
    warming: int = 0

    @property
    def answers(self) -> int:
        """How many answers the client read in all."""
        return self.warming + sum(sample.answered.requests for sample in self.samples)

    def middle(self, of: Callable[[Sample], float]) -> float:
        """The median of something over the rounds."""
        return median(of(sample) for sample in self.samples)

    def beside(self, other: Measured, of: Callable[[Sample], float]) -> float:
        """The median of the ratios to another row's sample of the same round."""
        pairs = zip(self.samples, other.samples, strict=True)
        return median(of(mine) / max(of(its), 1e-9) for mine, its in pairs)


@dataclass(frozen=True)
class Rounds:
    """How often and how long each row is asked, and by which client."""

    client: Client
    rounds: int
    seconds: float


def measure(rows: Sequence[Row], rounds: Rounds) -> list[Measured]:
    """Measure rows side by side. A row whose page isn't there says so and doesn't stop the rest."""
    found = [_looked_at(row, rounds) for row in rows]
    for number in range(1, rounds.rounds + 1):
        for one in found:
            if not one.not_there:
                one.samples.append(_sample(one.row, number, rounds))
    return found


def _looked_at(row: Row, rounds: Rounds) -> Measured:
    """The row after a round that isn't measured: first requests open connections, fill caches."""
    try:
        answer = probe(row, row.requests(0)[0])
    except NotThere as reason:
        return Measured(row, not_there=str(reason))
    warming = _sample(row, 0, rounds).answered.requests
    return Measured(row, bytes_of_answer=len(answer.body), warming=warming)


def _sample(row: Row, number: int, rounds: Rounds) -> Sample:
    load = Load(row.server.port, row.requests(number), row.connections, rounds.seconds)
    before = row.server.cpu_seconds()
    answered = rounds.client(load)
    return Sample(answered, row.server.cpu_seconds() - before)
