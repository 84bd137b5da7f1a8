"""How something published is called in a list. Pure."""

from __future__ import annotations

# Three lines of a telephone. Twenty of them are nothing to a page, and none is longer to read.
LONGEST = 60


def heading_of(text: str) -> str:
    """A title or what was wrong, as lists say it: all of it where it is short, else its beginning,
    at most `LONGEST` characters. The thing's own page says it in full."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
