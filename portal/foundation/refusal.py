"""What is wrong with files that somebody handed in, each thing with its file and line.

Whoever reads files collects every problem before he gives up, so that one round of corrections is
enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `line` counts from 1 and is None where no line is to blame."""

    file: str
    line: int | None
    what: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.what}"


class Refusal(ValueError):
    """The files can't be taken as they are; nothing was changed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda one: (one.file, one.line or 0))
        super().__init__("\n".join(str(one) for one in self.problems))
