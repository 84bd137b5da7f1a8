"""How much of a share may be shown: where one to four cases are on one of its sides, only that they
are so few. Pure.

Shares that stand in one table with their sum give one another away; what else has to go is decided
by what is left to guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from admin.public_figures.small_numbers import LEAST, is_small
from portal.published.month_sheet import Few, Hidden, Share

# Of fewer, "at least so many of them" says next to nothing.
_WORTH_SAYING = 10


@dataclass(frozen=True)
class Parts:
    """So many in the share, so many not."""

    part: int
    rest: int

    @property
    def whole(self) -> int:
        """All."""
        return self.part + self.rest

    def __add__(self, other: Parts) -> Parts:
        return Parts(self.part + other.part, self.rest + other.rest)

    @property
    def is_plain(self) -> bool:
        """Whether neither side is small."""
        return not (is_small(self.part) or is_small(self.rest))


@dataclass(frozen=True)
class _Between:
    """What a reader knows of the cases that aren't in a share."""

    least: int
    most: int


def share(parts: Parts) -> Share:
    """A share that stands alone."""
    if is_small(parts.whole):
        return Share(Hidden.FEW)
    if parts.is_plain:
        return Share(parts.whole, parts.part)
    if parts.whole < _WORTH_SAYING:
        return Share(parts.whole)
    return Share(parts.whole, few=Few.PART if is_small(parts.part) else Few.REST)


def ratio(part: int, whole: int) -> Share:
    """The same of two numbers of which the first needn't be among the second, such as what was
    returned in a month and what was given out in it."""
    if is_small(whole):
        return Share(Hidden.FEW)
    if not is_small(part):
        return Share(whole, part) if whole or not part else Share(Hidden.HELD_BACK)
    return Share(whole, few=Few.PART) if whole >= _WORTH_SAYING else Share(whole)


def shares_beside(rows: Mapping[str, Parts]) -> tuple[dict[str, Share], Share]:
    """Shares in one table, and that of their sum. None of the wholes is small.

    Where the rest of one could be told from the others and the sum, other rows are hidden, those of
    the fewest cases first; where that isn't enough, the sum is.
    """
    shown = {name: share(parts) for name, parts in rows.items()}
    every = sum(rows.values(), Parts(0, 0))
    total = share(every)
    to_hide = sorted((n for n in rows if _can_hide(rows[n])), key=lambda name: rows[name].whole)
    while _is_guessed(rows, shown, every, total):
        if to_hide:
            name = to_hide.pop(0)
            shown[name] = Share(rows[name].whole)
        else:
            return shown, Share(every.whole)
    return shown, total


def possible_rest(
    rows: Mapping[str, Parts], shown: Mapping[str, Share], every: Parts, total: Share, name: str
) -> tuple[int, int]:
    """The least and the most of a row that a reader could think not to be in the share."""
    known = {one: _known(parts, shown[one]) for one, parts in rows.items()}
    others = [between for one, between in known.items() if one != name]
    own, all_of_it = known[name], _known(every, total)
    least = all_of_it.least - sum(one.most for one in others)
    most = all_of_it.most - sum(one.least for one in others)
    return max(own.least, least), min(own.most, most)


def _is_guessed(
    rows: Mapping[str, Parts], shown: Mapping[str, Share], every: Parts, total: Share
) -> bool:
    hidden = [name for name, one in shown.items() if one.part is None]
    ranges = [possible_rest(rows, shown, every, total, name) for name in hidden]
    return any(least == most for least, most in ranges)


def _can_hide(parts: Parts) -> bool:
    """A row where both sides are large; all or nothing is no number to hide behind."""
    return parts.part >= LEAST and parts.rest >= LEAST


def _known(parts: Parts, shown: Share) -> _Between:
    if shown.part is not None:
        return _Between(parts.rest, parts.rest)
    if shown.few is Few.REST:
        return _Between(1, LEAST - 1)
    if shown.few is Few.PART:
        return _Between(parts.whole - LEAST + 1, parts.whole - 1)
    # Hidden without a word: anything but all or nothing, which would have been shown.
    return _Between(1, parts.whole - 1)
