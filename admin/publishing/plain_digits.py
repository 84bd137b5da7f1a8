"""Numbers as a machine reads them, whatever their width or script. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_CHINESE = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
# People set digits apart by spaces, dashes, dots and brackets; more than two signs end a number.
_RUN = re.compile(r"[0-9](?:[ \-_.·()/—–]{0,2}[0-9])*[Xx]?")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True)
class Plain:
    """A text with plain letters and digits; `places` says where each stood in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original from which the characters start to end (exclusive) came."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True)
class Run:
    """Digits that belong together, an X at the end included; `places` are in the plain text."""

    digits: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the plain text of the digits start to end (exclusive)."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """Full-width, Chinese and other digits become 0–9; invisible characters go."""
    kept: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Cf":
            continue
        for letter in unicodedata.normalize("NFKC", character).translate(_CHINESE):
            number = unicodedata.decimal(letter, None)
            kept.append((letter if number is None else str(number), place))
    return Plain("".join(letter for letter, _ in kept), tuple(place for _, place in kept))


def runs(text: str) -> Iterator[Run]:
    """The digits of a plain text that belong together."""
    for match in _RUN.finditer(text):
        found = [(sign.upper(), match.start() + at) for at, sign in enumerate(match.group())]
        kept = [(sign, place) for sign, place in found if sign.isdigit() or sign == "X"]
        yield Run("".join(sign for sign, _ in kept), tuple(place for _, place in kept))


def is_citizen_number(digits: str) -> bool:
    """Whether 18 signs are a citizen's ID number: day of birth, check sign (GB 11643)."""
    if not digits[:17].isdigit() or not _is_day(digits[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == digits[17]


def is_old_citizen_number(digits: str) -> bool:
    """Whether 15 digits are an old ID number: a region, 11–65, and a day of birth."""
    return digits.isdigit() and 11 <= int(digits[:2]) <= 65 and _is_day("19" + digits[6:12])


def is_date(digits: str) -> bool:
    """Whether eight digits are a day (20220606) or two years (20202021)."""
    if digits[:2] not in {"19", "20"}:
        return False
    return digits[4:6] in {"19", "20"} or _is_day(digits)


def has_card_check(digits: str) -> bool:
    """Whether the last digit checks as a bank card's does (Luhn)."""
    if not digits.isdigit():
        return False
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1850 <= day.year <= 2100
