"""What a client is asked to send, and what it says about the answers; the same for both clients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """Requests to be sent in turn over kept connections, begun anew when they run out."""

    port: int
    requests: Sequence[bytes]
    connections: int
    seconds: float


@dataclass(frozen=True)
class Answered:
    """How a load was answered. `refused` counts answers of 400 and more, and broken connections."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    refused: int

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.requests / self.seconds


Client = Callable[[Load], Answered]


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The value below which that many percent lie; 0 where there is none."""
    if not ordered:
        return 0.0
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
