"""A table of open data: its columns with what they mean, and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Cell = str | date | int | bool | None | Sequence[str]


@dataclass(frozen=True)
class Column:
    """`name` is for programs and never changes; `heading` is for people, `means` says what stands
    in it, in Chinese."""

    name: str
    heading: str
    means: str = ""
    width: int = 14


@dataclass(frozen=True)
class Table:
    """One table. `name` stands in its address and never changes; each row has a cell for every
    column, in their order."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
