"""The refusal of a campaign folder, and one row of what was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.foundation.refusal import Problem, Refusal


class BadCampaign(Refusal):
    """The folder can't be loaded; its text names every problem, and nothing was changed."""


@dataclass(frozen=True)
class Row:
    """What a file says about one record: the record's attributes, and where they stand. An
    attribute that couldn't be read is None."""

    file: str
    line: int | None
    values: dict[str, Any]

    def __getitem__(self, attribute: str) -> Any:
        return self.values[attribute]

    def problem(self, what: str) -> Problem:
        """Something that is wrong with this row."""
        return Problem(self.file, self.line, what)
