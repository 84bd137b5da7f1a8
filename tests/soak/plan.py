"""How long a soak is and what happens in it. The same seed gives the same submissions and the same
kills; how far the processes are when a kill comes, nobody chooses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Trouble(StrEnum):
    """What goes wrong in a round besides the provider."""

    KILLED = "killed"
    LOCKED = "database locked"
    FULL = "disk full"
    POWER = "power cut"
    FSYNC = "fsync failing"
    CLOCK = "clock jumping"

    @property
    def needs_forgetful_disk(self) -> bool:
        """Whether it can only be played on a disk of our own."""
        return self in {Trouble.POWER, Trouble.FSYNC}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One soak: so many rounds with kills of so many submissions each, then a round for each other
    trouble. `locked_seconds` is how long the database and the disk take nothing, `cuts` how often
    in a round the power is cut, an fsync fails, or the clock is set."""

    seed: int
    rounds: int = 20
    submissions: int = 1000
    kills: int = 3
    cuts: int = 3
    database: str = "sqlite"
    locked_seconds: float = 60.0
    troubles: tuple[Trouble, ...] = (Trouble.LOCKED, Trouble.FULL)
    browsers: int = 9
    telephones: int = 4

    @property
    def all_rounds(self) -> list[Trouble]:
        """What goes wrong, round by round."""
        return [Trouble.KILLED] * self.rounds + list(self.troubles)

    def chance(self, *of: object) -> Random:
        """What is drawn for one purpose."""
        return Random(f"{self.seed} {of}")  # noqa: S311  # Nothing secret is drawn.
