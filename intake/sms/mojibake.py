"""Texts whose bytes somebody on the way took for another alphabet's: put right where nothing else
can have been meant.

A gateway that reads GBK as Latin letters makes “²¹Ìù” of 补贴; one that reads UTF-8 as GBK makes
characters that hardly anybody has seen. What was really written reads as neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What it was taken for, and what it was.
_MISTAKES = (
    ("latin-1", "utf-8"),
    ("latin-1", "gbk"),
    ("cp1252", "utf-8"),
    ("cp1252", "gbk"),
    ("gbk", "utf-8"),
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_FEWEST = 2


def repaired(body: str) -> str:
    """The text as it was written; a text that is nothing else as it is."""
    return next(_readings(body), body)


def _readings(body: str) -> Iterator[str]:
    for taken_for, was in _MISTAKES:
        try:
            text = body.encode(taken_for).decode(was)
            # Only what everybody writes: a wrong guess gives characters of no dictionary.
            text.encode("gb2312")
        except UnicodeError:
            continue
        if _is_plainly_chinese(text):
            yield text


def _is_plainly_chinese(text: str) -> bool:
    """Whether there is more Chinese in it than could come about by chance: an accent or two in a
    text of Latin letters also make a character."""
    han = len(_HAN.findall(text))
    return han >= _FEWEST and han >= len(_LETTER.findall(text))
