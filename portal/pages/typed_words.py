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
    # PostgreSQL takes no NUL, and no name has one.
    shown = typed.replace("\0", " ")[:_MOST_CHARACTERS]
    return [plain(word) for word in shown.split()][:_MOST_WORDS]
