"""Numbers that stand in an address: which page of a list, which row. Whoever types one of thirty
digits gets a page, not an error: no database counts so far."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

# The last number that a row can have on PostgreSQL.
_LAST_ROW = 2**31 - 1
# More digits than any list has pages.
_TOO_LONG = 5


def page_number(typed: str | None) -> int:
    """The page that an address asks for, from 1 on; the first where it names none."""
    asked = typed or ""
    names_one = asked.isascii() and asked.isdecimal() and len(asked) < _TOO_LONG
    return max(1, int(asked)) if names_one else 1


class RowNumber(IntegerConverter):
    """An `<int:…>` of a path: past the last row there can be there is no page."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **{"max": _LAST_ROW, **kwargs})
