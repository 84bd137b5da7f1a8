"""What one respondent (受访户) said, as the text that is sealed. Pure.

The text has one of few lengths, so that a sealed one doesn't tell by its size what is in it: above
all not whether somebody has complained before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.assessing.questions import Question

STEP_BYTES = 512


@dataclass(frozen=True)
class Said:
    """`complained`: he said that he complained within a year, and is asked no further. `chosen` has
    for the place of a question the place of the answer; what was left out isn't in it."""

    complained: bool
    chosen: Mapping[int, int] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, Any]:
        """What is kept of it. Who complained before has no answers."""
        chosen = {} if self.complained else {str(q): a for q, a in sorted(self.chosen.items())}
        return {"complained": self.complained, "chosen": chosen}

    @classmethod
    def of(cls, plain: Mapping[str, Any], questions: Sequence[Question]) -> Said:
        """What was kept; an answer that no question has is none."""
        chosen = {int(q): int(a) for q, a in plain["chosen"].items()}
        fitting = {
            q: a
            for q, a in chosen.items()
            if q < len(questions) and 0 <= a < len(questions[q].choices)
        }
        return cls(bool(plain["complained"]), fitting)


def padded(plain: Mapping[str, Any], step: int = STEP_BYTES) -> str:
    """A text to be sealed, filled up with spaces to a whole number of `step` bytes."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text + " " * (-len(text.encode()) % step)


def unpadded(text: str) -> dict[str, Any]:
    """What `padded` wrote."""
    found: dict[str, Any] = json.loads(text)
    return found
