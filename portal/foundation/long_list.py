"""A list as long as it is, of which its pages read only what they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Row, Select, func, literal, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption

Thing_co = TypeVar("Thing_co", covariant=True)


class Pages(Protocol[Thing_co]):
    """What can be turned page by page: it knows how many things it has, and gives some of them."""

    def __len__(self) -> int:
        """How many there are in all."""
        ...

    def __getitem__(self, some: slice, /) -> Sequence[Thing_co]:
        """Those between two places."""
        ...


@dataclass(frozen=True)
class LongList(Generic[Thing_co]):
    """The rows of a query in their order, each as `told` tells it. Only those that are asked for
    are read, with the `options` of the query; how many there are is counted by the database."""

    session: Session
    wanted: Select[*tuple[Any, ...]]
    told: Callable[[Row[*tuple[Any, ...]]], Thing_co]
    options: Sequence[ExecutableOption] = ()

    def __len__(self) -> int:
        """How many rows there are in all."""
        counted = self.wanted.order_by(None).with_only_columns(
            literal(1), maintain_column_froms=True
        )
        return self.session.scalar(select(func.count()).select_from(counted.subquery())) or 0

    def __getitem__(self, some: slice, /) -> list[Thing_co]:
        """The things between two places."""
        cut = self.wanted.slice(some.start or 0, some.stop).options(*self.options)
        return [self.told(row) for row in self.session.execute(cut)]
