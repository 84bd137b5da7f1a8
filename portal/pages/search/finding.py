"""What a search gives: findings of one shape, in groups with short headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

# So many stand in a group; of the rest it is said how many they are.
MOST = 20
_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Finding:
    """One thing that was found. `line` is what is to be known at once, and leads to `line_href`
    where there is one; `said` the sentence in which the words stand, where the title hasn't them;
    `kind` a word for what it is, in one of the tones of tags."""

    title: str
    href: str
    line: str = ""
    line_href: str = ""
    said: str = ""
    telephone: str = ""
    kind: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class Group:
    """The findings of one kind, the best first, and how many there are in all. `key` is its word
    in addresses, `unit` the word that its things are counted with; `more` is where the whole list
    stands, and what that is called. `leads`: it is surely what was meant, and stands first."""

    key: str
    heading: str
    unit: str
    findings: Sequence[Finding]
    total: int
    more: tuple[str, str]
    leads: bool = False

    @property
    def left_out(self) -> int:
        """How many more there are than stand here."""
        return self.total - len(self.findings)


def shown(things: Sequence[_Thing], as_finding: Callable[[_Thing], Finding]) -> list[Finding]:
    """The first things as findings; those that nobody sees cost nothing."""
    return [as_finding(one) for one in things[:MOST]]
