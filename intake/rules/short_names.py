"""Units by the names that people shorten for themselves: 退役局, 卫健那边, 维信科.

A short name keeps some characters of the full one, in their order, and how it ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from intake.rules.words import Hit

# How the name of a body ends; what stands before says which one it is.
_ENDINGS = re.compile(r"(管理局|事务局|保障局|资源局|健康局|局|委员会|委|科|部门|部|中心|联合会)$")
_FEWEST, _MOST = 2, 12


@dataclass(frozen=True)
class ShortNames:
    """The full names of units with their codes. `sound` gives one sign a character, so that a short
    name is found as it is heard."""

    names: Mapping[str, str]
    sound: Callable[[str], str]

    def find(self, text: str, taken: Sequence[Hit]) -> tuple[Hit, ...]:
        """The short names in a text, outside of what is named already."""
        heard = self.sound(text)
        found: dict[tuple[int, int], set[str]] = {}
        for code, pattern in self._patterns.items():
            for one in pattern.finditer(heard):
                first, end = one.span()
                free = all(end <= hit.at or hit.end <= first for hit in taken)
                if free and end - first > _FEWEST:
                    found.setdefault((first, end), set()).add(code)
        return tuple(
            Hit(text[first:end], frozenset(codes), first)
            for (first, end), codes in sorted(found.items())
        )

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        found = {}
        for code, name in self.names.items():
            ending = _ENDINGS.search(name)
            if ending and ending.start() >= _FEWEST:
                found[code] = self._pattern(name[: ending.start()] + ending[0][:-1], ending[0][-1])
        return found

    def _pattern(self, body: str, last: str) -> re.Pattern[str]:
        """Two characters of the body or more, in their order, and the last of the ending."""
        kept = "".join(f"{re.escape(one)}?" for one in self.sound(body))
        end = re.escape(self.sound(last))
        return re.compile(f"(?=.{{{_FEWEST},{_MOST}}}{end}){kept}{end}")
