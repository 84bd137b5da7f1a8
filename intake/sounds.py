"""How Chinese sounds to a hand that types by ear: 高令津帖 is 高龄津贴, and 低宝 is 低保.

Each character becomes one sign, so that what is found in the sound stands at the same place in the
text. Sounds that people of the south don't tell apart (zh and z, n and l, -ng and -n) are one.
"""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache

_CHINESE = range(0x4E00, 0x9FFF + 1)
# The signs lie where no character of a text lies.
_FIRST_SIGN = 0xE000
_signs: dict[str, str] = {}


def sound(text: str) -> str:
    """The text with each Chinese character replaced by the sign of its sound; as long as before."""
    return "".join(_sign(one) if ord(one) in _CHINESE else one for one in text)


@lru_cache(maxsize=8192)
def _sign(character: str) -> str:
    """The sign of a character's first reading; a character of no known sound stands for itself."""
    reading = _readings().get(ord(character), "").split(",")[0]
    if not reading:
        return character
    merged = _merged(_plain(reading))
    return _signs.setdefault(merged, chr(_FIRST_SIGN + len(_signs)))


@cache
def _readings() -> dict[int, str]:
    # Loaded when a text is first read; nobody else needs forty thousand readings. The readings of
    # phrases would cost sixty megabytes, and aren't asked for.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    found: dict[int, str] = pinyin_dict
    return found


def _plain(reading: str) -> str:
    import unicodedata

    letters = unicodedata.normalize("NFD", reading)
    return "".join(one for one in letters if not unicodedata.combining(one))


def _merged(syllable: str) -> str:
    """Sounds that many people of the south don't tell apart, as one."""
    syllable = re.sub(r"^([zcs])h", r"\1", syllable)
    syllable = re.sub(r"^n(?=.)", "l", syllable)
    return re.sub(r"ng$", "n", syllable)
