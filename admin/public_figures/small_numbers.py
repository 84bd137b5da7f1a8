"""Which numbers of a table may be shown: one to four cases could point at somebody, and what would
give such a number away by subtraction may not stand there either. Pure.

Sums are kept large instead of being hidden: rows and columns that are small are counted together.
Inside, a hidden cell needs others hidden with it; how many is decided by what a reader who knows
all that is shown could still take it for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

LEAST = 5
# So much is needed for nothing, and finite for the flow below.
_ENDLESS = 10**9

Place = tuple[str, str]
_Line = tuple[str, str]
Table = Mapping[Place, int]


def is_small(number: int) -> bool:
    """Whether a number is hidden for itself. Nothing at all is no secret."""
    return 0 < number < LEAST


def together(numbers: Mapping[str, int]) -> list[str]:
    """The names that have to be counted as one: all that are small, and the next larger ones while
    they are too few or their sum says what each of them is. Empty names count with nobody."""
    by_size = sorted((n for n in numbers if numbers[n]), key=lambda name: (numbers[name], name))
    group = [name for name in by_size if is_small(numbers[name])]
    for name in by_size[len(group) :]:
        number = sum(numbers[one] for one in group)
        if not group or (number >= LEAST and number != (LEAST - 1) * len(group)):
            break
        group.append(name)
    return group


def hidden(table: Table, most: int) -> frozenset[Place] | None:
    """The cells to hide in a table whose sums of rows and columns are all shown and none is small.

    Who is told which of them are small learns nothing else of those, and of no other hidden one its
    number. None where that takes more than `most` cells or can't be had: then the sums are shown
    alone, which leave every cell at least `LEAST` numbers to choose from.
    """
    secret = {place for place, number in table.items() if is_small(number)}
    while len(secret) <= most:
        guessed = next((one for one in sorted(secret) if not _safe(table, secret, one)), None)
        if guessed is None:
            return frozenset(secret)
        more = _companions(table, secret, guessed)
        if not more:
            return None
        secret |= more
    return None


def possible(table: Table, secret: Iterable[Place], place: Place) -> tuple[int, int]:
    """The least and the most that a hidden cell could be, looked for no further than `LEAST` away,
    for who knows every sum, every shown cell and which of the hidden ones are small."""
    flow = _Flow(table, frozenset(secret))
    return table[place] - flow.change(place, -1), table[place] + flow.change(place, +1)


def _safe(table: Table, secret: Iterable[Place], place: Place) -> bool:
    least, most = possible(table, secret, place)
    if is_small(table[place]):
        return (least, most) == (1, LEAST - 1)
    return least < most


def _companions(table: Table, secret: Iterable[Place], place: Place) -> set[Place]:
    """The fewest cases' worth of cells that close a rectangle with a hidden one; none is empty."""
    (row, column), known = place, frozenset(secret)
    best: tuple[int, set[Place]] = (_ENDLESS, set())
    for other_row, other_column in sorted(table):
        if other_row == row or other_column == column:
            continue
        corners = {(row, other_column), (other_row, column), (other_row, other_column)}
        if all(table.get(one) for one in corners) and corners - known:
            cost = sum(table[one] for one in corners - known)
            if cost < best[0]:
                best = (cost, corners - known)
    return best[1]


@dataclass(frozen=True)
class _Flow:
    """How far hidden cells can be shifted against one another without changing a sum: what one
    cell of a row gains, another one loses, and so on around."""

    table: Table
    secret: frozenset[Place]

    def change(self, place: Place, sign: int) -> int:
        """How far a cell can be raised (+1) or lowered (-1), as far as its own kind allows."""
        left = wanted = min(self._room(place, sign), LEAST)
        moved: dict[Place, int] = {}
        while left:
            path = self._path(place, sign, moved)
            if path is None:
                break
            left -= 1
            for at, step in path:
                moved[at] = moved.get(at, 0) + step
        return wanted - left

    def _path(
        self, place: Place, sign: int, moved: Mapping[Place, int]
    ) -> list[tuple[Place, int]] | None:
        """A way around by which a cell changes by one: cells with what is added to each."""
        start, goal = ("row", place[0]), ("column", place[1])
        came: dict[_Line, list[tuple[Place, int]]] = {start: []}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            if node == goal:
                return came[node]
            for at, step, there in self._steps(node, sign):
                if at != place and there not in came and self._left(at, step, moved):
                    came[there] = [*came[node], (at, step)]
                    queue.append(there)
        return None

    def _steps(self, node: _Line, sign: int) -> Iterator[tuple[Place, int, _Line]]:
        for at in self._cells[node]:
            if node[0] == "row":
                yield at, -sign, ("column", at[1])
            else:
                yield at, sign, ("row", at[0])

    @cached_property
    def _cells(self) -> Mapping[_Line, list[Place]]:
        """The hidden cells of each row and column."""
        found: dict[_Line, list[Place]] = {}
        for at in sorted(self.secret):
            found.setdefault(("row", at[0]), []).append(at)
            found.setdefault(("column", at[1]), []).append(at)
        return found

    def _left(self, at: Place, step: int, moved: Mapping[Place, int]) -> bool:
        return self._room(at, step) - step * moved.get(at, 0) > 0

    def _room(self, at: Place, sign: int) -> int:
        """How far a cell can go by its own kind: small ones stay small, others don't become it."""
        number = self.table[at]
        if is_small(number):
            return LEAST - 1 - number if sign > 0 else number - 1
        return _ENDLESS if sign > 0 else number - LEAST
