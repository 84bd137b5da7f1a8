"""Words that somebody typed to find something, made comparable: width, case and spaces don't
count."""

from __future__ import annotations

import unicodedata

_MOST_CHARACTERS = 60
_MOST_WORDS = 6


def plain(text: str) -> str:
    """The text in half width and lower case, without the spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def words_of(typed: str) -> list[str]:
    """The words that were typed; of a whole essay only its beginning counts."""
    return [plain(word) for word in sound(typed[:_MOST_CHARACTERS]).split()][:_MOST_WORDS]


def sound(text: str) -> str:
    """The text without NUL, which PostgreSQL refuses and no name has."""
    return text.replace("\0", " ")
