"""A row of the life-cycle table: what a move is, and what it can't do without."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.rules.actor import Actor
from intake.rules.state import State


class Need(StrEnum):
    """What a move can't do without."""

    UNIT = "unit"
    REASON = "reason"
    TEXT = "text"
    SECOND_PERSON = "second_person"


@dataclass(frozen=True)
class Move:
    """One row of the table. `target` is None for the move that leads back to where the case was
    before it was merged. `event` is what the move leaves in the chain, `told` what the reporter
    reads; `kinds` are those that the row is for, none named: all."""

    name: str
    label: str
    sources: frozenset[State]
    target: State | None
    actors: frozenset[Actor]
    event: str
    needs: frozenset[Need] = frozenset()
    told: str = ""
    kinds: frozenset[str] = frozenset()

    def is_for(self, kind: str) -> bool:
        """Whether cases of a kind move so."""
        return not self.kinds or kind in self.kinds

    def leads_to(self, former: State) -> State:
        """The state after the move; `former` is the one before the case was merged."""
        return self.target or former
