"""Words that somebody typed to find something, made comparable: width, case and spaces don't
count."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_MOST_CHARACTERS = 60
_MOST_WORDS = 6
_SHORTEST_NAME = 2


def plain(text: str) -> str:
    """The text in half width and lower case, without the spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def words_of(typed: str) -> list[str]:
    """The words that were typed; of a whole essay only its beginning counts."""
    return [plain(word) for word in words_as_typed(typed)]


def words_as_typed(typed: str) -> list[str]:
    """The same words in the width and case in which they came, in the same order."""
    return sound(typed[:_MOST_CHARACTERS]).split()[:_MOST_WORDS]


def says(word: str, names: Iterable[str], told: Iterable[str]) -> bool:
    """Whether a word is part of what is told, or a sentence that has one of the names in it; all
    of them comparable."""
    return any(word in text for text in told) or any(
        name in word for name in names if len(name) >= _SHORTEST_NAME
    )


def sound(text: str) -> str:
    """The text without NUL, which PostgreSQL refuses and no name has."""
    return text.replace("\0", " ")
