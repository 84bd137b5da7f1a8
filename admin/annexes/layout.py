"""How an annex is laid out: which columns in which order, what stands above them and around them;
checked before it is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from admin.annexes.columns import COLUMNS, Annex

MOST_TITLE, MOST_FOOT, MOST_HEADING = 60, 120, 30
LEAST_WIDTH, MOST_WIDTH = 4, 80
# What fits across A3 in letters that can still be read.
MOST_IN_ALL = 500
_FOOT = "填报人：　　　　　　审核人：　　　　　　电话：　　　　　　日期：　　　　"


@dataclass(frozen=True)
class Shown:
    """One column that is shown: its width is in characters."""

    key: str
    heading: str
    width: int


@dataclass(frozen=True)
class Layout:
    """One annex as the office wants it."""

    title: str
    foot: str
    columns: tuple[Shown, ...]

    @classmethod
    def shipped(cls, annex: Annex) -> Layout:
        """With every column that there is, until the office says otherwise."""
        columns = COLUMNS[annex].values()
        return cls(
            title=annex.official,
            foot=_FOOT,
            columns=tuple(Shown(one.key, one.heading, one.width) for one in columns),
        )

    @classmethod
    def kept(cls, annex: Annex, title: str, foot: str, columns: Sequence[Any]) -> Layout:
        """As it was kept; a column that is offered no more is left out."""
        shown = tuple(Shown(*one) for one in columns if one[0] in COLUMNS[annex])
        return cls(title, foot, shown)

    @property
    def to_keep(self) -> list[list[str | int]]:
        """Its columns as they are kept."""
        return [[one.key, one.heading, one.width] for one in self.columns]

    def for_reader(self, annex: Annex, *, shows_referrals: bool) -> Layout:
        """Without the columns that are the office's alone, for everybody else."""
        offered = COLUMNS[annex]
        return replace(
            self,
            columns=tuple(
                one for one in self.columns if shows_referrals or not offered[one.key].is_offices
            ),
        )

    def faults(self, annex: Annex) -> Iterator[str]:
        """What is wrong with it, a sentence a fault."""
        if not 0 < len(self.title) <= MOST_TITLE:
            yield f"标题要写，最多{MOST_TITLE}个字"
        if len(self.foot) > MOST_FOOT:
            yield f"表尾最多{MOST_FOOT}个字"
        offered = COLUMNS[annex]
        if all(offered[one.key].is_offices for one in self.columns):
            yield "至少要选一栏，移送、处理的栏不算：这些栏别的单位看不到"
        for one in self.columns:
            name = offered[one.key].heading
            if not 0 < len(one.heading) <= MOST_HEADING:
                yield f"“{name}”的表头要写，最多{MOST_HEADING}个字"
            if not LEAST_WIDTH <= one.width <= MOST_WIDTH:
                yield f"“{name}”的宽度要写{LEAST_WIDTH}到{MOST_WIDTH}的整数"
        width = sum(one.width for one in self.columns)
        if width > MOST_IN_ALL:
            yield f"各栏加起来宽{width}，A3纸上字会太小，最多{MOST_IN_ALL}"
