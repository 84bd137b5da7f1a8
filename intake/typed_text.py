"""What people type, made clean without changing what they said."""

from __future__ import annotations

import re
import unicodedata

# Marks that turn the direction of writing or hide: with them a text can be read otherwise than it
# is stored.
_HIDDEN = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x061C]
)
_NEW_LINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_IN_NUMBERS = re.compile(r"[\s\-()./·—_]")
_MOBILE = re.compile(r"1\d{10}")
_FIXED_LINE = re.compile(r"0\d{9,11}|[2-8]\d{6,7}")


def tidy(typed: str) -> str:
    """A text of several lines: one kind of line break, no control characters, nothing around it."""
    text = _NEW_LINES.sub("\n", typed)
    return _CONTROLS.sub("", text).translate(_HIDDEN).strip()


def tidy_line(typed: str) -> str:
    """The same for a single line."""
    return _SPACES.sub(" ", tidy(typed))


def digits(typed: str) -> str:
    """What was typed, full-width digits made plain, without what people put between digits."""
    return _IN_NUMBERS.sub("", unicodedata.normalize("NFKC", tidy(typed)))


def telephone(typed: str) -> str | None:
    """A Chinese telephone number as plain digits without the country code; None if it is none."""
    number = digits(typed)
    for country_code in ("+86", "0086", "86"):
        if number.startswith(country_code) and len(number) > len(country_code) + 9:
            number = number.removeprefix(country_code)
            break
    fits = number.isascii() and (_MOBILE.fullmatch(number) or _FIXED_LINE.fullmatch(number))
    return number if fits else None
