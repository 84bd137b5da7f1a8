"""An age that somebody typed (85岁, 八十五周岁, 85), and whom the campaign means by it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_OLDEST = 120
_TEN, _HUNDRED = 10, 100
_DIGITS = "一二三四五六七八九"
_HAN = rf"(?=[{_DIGITS}十百])(?:一?百[零〇]?)?(?:[{_DIGITS}]?十)?[{_DIGITS}]?"
# A number that begins in the midst of a longer one is no age: “4050岁” isn't 50.
_SAID = re.compile(rf"(?<![\d.{_DIGITS}十百零〇两])(?P<number>\d{{1,3}}|{_HAN})[多几来]?周?岁")
# Without 岁 only a whole word of two digits or characters counts: 85, 八十五.
_BARE = re.compile(rf"(?P<number>\d{{2,3}}|(?=..){_HAN})")


def age_in(word: str) -> int | None:
    """The age in years that a word tells, half width and without spaces; None: it tells none."""
    found = _SAID.search(word) or _BARE.fullmatch(word)
    age = _number(found["number"]) if found else None
    return age if age is not None and age <= _OLDEST else None


def needs_at(age: int | None, ages: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The needs that the campaign's data (`routing.ages`) give to an age in years."""
    if age is None:
        return frozenset()
    return frozenset(
        one["need"] for one in ages if (one["from"] or 0) <= age <= (one["to"] or _OLDEST)
    )


def _number(said: str) -> int:
    if said.isdecimal():
        return int(said)
    hundreds, has_hundred, rest = said.rpartition("百")
    tens, has_ten, ones = rest.strip("零〇").rpartition("十")
    number = _digit(hundreds or "一") * _HUNDRED if has_hundred else 0
    number += _digit(tens or "一") * _TEN if has_ten else 0
    return number + (_digit(ones) if ones else 0)


def _digit(said: str) -> int:
    return _DIGITS.index(said) + 1
