"""The trade's figures of a time, for each unit and kind, every share with its denominator.

What reporters of tip-offs think is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from portal.campaign.kinds import Kind


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def words(self) -> str:
        """90.0%（9/10）; a dash where there was nothing to count."""
        return f"{self.part / self.whole:.1%}（{self.part}/{self.whole}）" if self.whole else "–"


@dataclass(frozen=True)
class Figures:
    """What was counted for some units and kinds. Cases stand with the unit that has them now,
    steps with the unit that made them, a reopening with whose work was opened again."""

    # What came in the time, and what has become of it.
    came: int = 0
    answered: int = 0
    declined: int = 0
    withdrawn: int = 0
    merged: int = 0
    open: int = 0
    # What was done in the time, and what was owed in it and hasn't been done.
    signed_on_time: int = 0
    signed_late: int = 0
    unsigned: int = 0
    responded_on_time: int = 0
    responded_late: int = 0
    answered_on_time: int = 0
    answered_extended: int = 0
    answered_late: int = 0
    unanswered: int = 0
    assigned: int = 0
    returned: int = 0
    returned_rightly: int = 0
    returned_wrongly: int = 0
    closed: int = 0
    reopened: int = 0
    overdue: int = 0
    # What reporters said of it.
    said_satisfaction: int = 0
    satisfied: int = 0
    said_solved: int = 0
    solved: int = 0
    to_visit: int = 0
    visited: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(**{n: getattr(self, n) + getattr(other, n) for n in NAMES})

    @property
    def signing(self) -> Share:
        """按时签收率: of what was signed for or should have been."""
        return Share(self.signed_on_time, self.signed_on_time + self.signed_late + self.unsigned)

    @property
    def response(self) -> Share:
        """响应率: of the first words that were owed by a day."""
        return Share(self.responded_on_time, self.responded_on_time + self.responded_late)

    @property
    def on_time(self) -> Share:
        """按期办结率: of what was answered or should have been, with those given more time."""
        kept = self.answered_on_time + self.answered_extended
        return Share(kept, kept + self.answered_late + self.unanswered)

    @property
    def extended(self) -> Share:
        """Of what was answered by its date, those that had been given more time."""
        return Share(self.answered_extended, self.answered_on_time + self.answered_extended)

    @property
    def returning(self) -> Share:
        """退单率: of what was given to the unit."""
        return Share(self.returned, self.assigned)

    @property
    def reopening(self) -> Share:
        """重办率: of what was closed."""
        return Share(self.reopened, self.closed)

    @property
    def visiting(self) -> Share:
        """回访率: of whom somebody was to visit."""
        return Share(self.visited, self.to_visit)

    @property
    def solving(self) -> Share:
        """解决率: of whom said whether it was."""
        return Share(self.solved, self.said_solved)

    @property
    def satisfaction(self) -> Share:
        """满意率: of whom said how content he is."""
        return Share(self.satisfied, self.said_satisfaction)


NAMES = tuple(one.name for one in fields(Figures))
Table = Mapping[tuple[str, Kind], Figures]
# What became of the cases that came: these add up to them.
BECAME = ("answered", "declined", "withdrawn", "merged", "open")


def summed(
    table: Table, by: Callable[[str, Kind], str], kinds: Iterable[Kind]
) -> Sequence[tuple[str, Figures]]:
    """The figures of some kinds, added up by what `by` says of a unit and a kind, in its order."""
    chosen, found = frozenset(kinds), dict[str, Figures]()
    for (unit, kind), figures in table.items():
        if kind in chosen:
            found[by(unit, kind)] = found.get(by(unit, kind), Figures()) + figures
    return sorted(found.items())


def total(rows: Iterable[tuple[str, Figures]]) -> Figures:
    """All of them together."""
    return sum((figures for _, figures in rows), Figures())
