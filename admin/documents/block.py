"""What stands in a paper between its paragraphs: a table, or a chart of bars. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """A table. `sums`: the last row adds the others up."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, its number, and how that is written."""

    label: str
    number: int
    text: str


@dataclass(frozen=True)
class Bars:
    """A chart of bars, the longest of which fills it."""

    rows: tuple[Bar, ...]


Block = Grid | Bars


def sample_block(text: str) -> Block:
    """A table to try a template with, in which a text can be found again."""
    return Grid((text,), ((text,),))
