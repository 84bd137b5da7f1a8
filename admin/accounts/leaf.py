"""A long list, a page of it at a time: no page grows too heavy to load, and no list ends
silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from portal.foundation.address_numbers import page_number
from portal.foundation.long_list import Pages

# A publishing desk has up to four lists, and all of them together have to be light.
_A_PAGE = 8
Row = TypeVar("Row")


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """The rows that are shown of `total`, and at which of how many pages they stand. `name` is the
    word in the address that tells which page: each list of a desk is turned by itself."""

    name: str
    rows: Sequence[Row]
    at: int
    pages: int
    total: int

    @classmethod
    def of(cls, things: Pages[Row], name: str = "page", *, a_page: int = _A_PAGE) -> Leaf[Row]:
        """The page that the address names, or the last one where there are fewer."""
        total = len(things)
        pages = max(1, -(-total // a_page))
        at = min(page_number(request.args.get(name)), pages)
        return cls(name, things[(at - 1) * a_page : at * a_page], at, pages, total)
