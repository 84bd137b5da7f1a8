"""What a unit's part of a summary says: its sentences, and the canonical text that is frozen.
Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from admin.returns.content import Said
from admin.returns.counts import Counts

# The sentences of a part, in the order in which one tells them: the attribute, and its words.
PARTS = {
    "work": "主要做的工作",
    "experience": "好的做法、经验",
    "difficulties": "困难、问题",
    "suggestions": "建议",
}


@dataclass(frozen=True, kw_only=True)
class PartTexts:
    """The sentences."""

    work: str = ""
    experience: str = ""
    difficulties: str = ""
    suggestions: str = ""

    @property
    def text(self) -> str:
        """All of them as one text, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> PartTexts:
        """Read back."""
        return cls(**json.loads(text))

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Each that isn't empty: its attribute, what stands above it, what it says."""
        return [(n, words, getattr(self, n)) for n, words in PARTS.items() if getattr(self, n)]


@dataclass(frozen=True)
class ReturnsGiven:
    """How many of the unit's monthly returns of the time came, how many of them late, how many of
    them nil; of how many that were expected."""

    expected: int = 0
    came: int = 0
    late: int = 0
    nil: int = 0


@dataclass(frozen=True, kw_only=True)
class PartContent(Said):
    """Everything that is frozen. `body` is the SHA-256 of the sealed sentences: it binds them and
    tells nothing of them."""

    duty: str
    returns: ReturnsGiven
    body: str

    @classmethod
    def of(cls, text: str) -> PartContent:
        """Read back from its canonical text."""
        said = json.loads(text)
        own, returns = Counts.of(said["own"]), ReturnsGiven(**said["returns"])
        return cls(**{**said, "own": own, "returns": returns})
