"""How much happens in a half-year that is played. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """`cases`: how many come on a working day; `own_checks`: how many problems a unit finds at
    itself in a month; `from_cases`: which share of the answered complaints opens a problem;
    `visited`: how many units a supervision round visits."""

    cases: float
    own_checks: float
    from_cases: float
    visited: int


# A district's half-year at the size of the real one, and one that a laptop plays while its owner
# waits.
WHOLE = Pace(cases=5.0, own_checks=4.0, from_cases=0.35, visited=8)
SHORT = Pace(cases=1.5, own_checks=1.0, from_cases=0.3, visited=5)
