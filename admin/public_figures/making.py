"""Making a month's public sheet out of its count: rare kinds and units together, small numbers
hidden, and nothing that differs too little from what was released of the month before. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from admin.figures.figures import Figures, summed, total
from admin.figures.figures import Share as Counted
from admin.public_figures.month_count import MonthCount
from admin.public_figures.small_numbers import LEAST, Place, Table, hidden, is_small, together
from admin.public_figures.small_shares import Parts, ratio, share, shares_beside
from portal.campaign.kinds import Kind
from portal.published.month_sheet import (
    ALL,
    OTHERS,
    ByUnit,
    Came,
    Hidden,
    Kinds,
    MonthSheet,
    Number,
    Rate,
    Share,
    Timely,
    UnitLine,
)

_ORDINARY: Kinds = tuple(kind for kind in Kind if kind is not Kind.TIP_OFF)
# Of a table more than this part hidden, nobody reads the rest.
_MOST_HIDDEN = 3


def sheet_of(count: MonthCount, units: Sequence[str]) -> MonthSheet:
    """The sheet of a month; `units` in the order in which they are to stand."""
    every = total((unit, one) for (unit, _), one in count.table.items())
    return MonthSheet(
        came=_came(count),
        by_unit=_by_unit(count, units),
        timely=_timely(count, units),
        rates=_rates(every),
    )


def beside_earlier(sheet: MonthSheet, earlier: Iterable[MonthSheet]) -> MonthSheet:
    """The same without the blocks in which a number differs by one to four from an earlier release
    of the month, or which are made up differently: both could be subtracted from one another."""
    kept, before = sheet.to_json(), [one.to_json() for one in earlier]
    for name in ("came", "by_unit", "timely"):
        if not all(_apart(kept[name], one[name]) for one in before):
            kept[name] = None
    for rate, value in kept["rates"].items():
        if not all(_apart(value, one["rates"].get(rate)) for one in before):
            kept["rates"][rate] = None
    return MonthSheet.from_json(kept)


def _came(count: MonthCount) -> Came:
    numbers = _by_kind(count)
    rare = together(numbers)
    groups: list[Kinds] = [(kind,) for kind in _ORDINARY if kind not in rare]
    groups += [_in_order(rare)] if rare else []
    kinds = tuple((one, _number(sum(numbers.get(kind, 0) for kind in one))) for one in groups)
    ordinary, accusations = _number(sum(numbers.values())), _number(count.accusations)
    if isinstance(ordinary, int) and isinstance(accusations, int):
        return Came(kinds, ordinary, accusations, ordinary + accusations)
    # The sum would say how many the small one is.
    return Came(kinds, ordinary, accusations, Hidden.HELD_BACK)


def _by_unit(count: MonthCount, units: Sequence[str]) -> ByUnit | None:
    """None where so few came that there is nothing to tell apart."""
    names = _names(_by_unit_code(count), units)
    if not names:
        return None
    kinds = _by_kind(count)
    rare = together(kinds)
    columns: list[Kinds] = [(kind,) for kind in _ORDINARY if kinds.get(kind) and kind not in rare]
    columns += [_in_order(rare)] if rare else []
    while True:
        table = _table(count, names, columns)
        secret = hidden(table, len(table) // _MOST_HIDDEN)
        if secret is not None:
            lines = tuple(_lines(table, secret, names, columns))
            sums = tuple(sum(kinds[kind] for kind in column) for column in columns)
            return ByUnit(tuple(columns), lines, sums)
        # Rather fewer columns than many gaps. One alone is the sum and has none.
        columns = _with_two_merged(columns, kinds)


def _table(count: MonthCount, names: Mapping[str, str], columns: Sequence[Kinds]) -> Table:
    """The counts by line and column, with every empty cell."""
    column_of = {kind: str(at) for at, kinds in enumerate(columns) for kind in kinds}
    table = {(name, at): 0 for name in names.values() for at in sorted(set(column_of.values()))}
    for (unit, kind), figures in count.table.items():
        if figures.came:
            table[names[unit], column_of[kind]] += figures.came
    return table


def _lines(
    table: Table, secret: Collection[Place], names: Mapping[str, str], columns: Sequence[Kinds]
) -> Iterator[UnitLine]:
    for name in dict.fromkeys(names.values()):
        places = [(name, str(at)) for at in range(len(columns))]
        cells = tuple(_cell(table[place], hide=place in secret) for place in places)
        yield UnitLine(name, cells, sum(table[place] for place in places))


def _cell(number: int, *, hide: bool) -> Number:
    return Hidden.HELD_BACK if hide and not is_small(number) else _number(number)


def _with_two_merged(columns: Sequence[Kinds], kinds: Mapping[str, int]) -> list[Kinds]:
    """The same columns with the two of the fewest cases in one."""
    by_size = sorted(columns, key=lambda column: sum(kinds[kind] for kind in column))
    merged = _in_order([*by_size[0], *by_size[1]])
    return [*sorted(by_size[2:], key=lambda column: _ORDINARY.index(column[0])), merged]


def _timely(count: MonthCount, units: Sequence[str]) -> tuple[Timely, ...] | None:
    """None where so few were answered or should have been that a share says nothing."""
    shares = {unit: one.on_time for unit, one in summed(count.table, _unit, _ORDINARY)}
    names = _names({unit: one.whole for unit, one in shares.items()}, units)
    if not names:
        return None
    parts, days = dict[str, Parts](), dict[str, list[int]]()
    for unit, name in names.items():
        parts[name] = parts.get(name, Parts(0, 0)) + _parts(shares[unit])
        days.setdefault(name, []).extend(count.days.get(unit, ()))
    shown, every = shares_beside(parts)
    lines = [
        Timely(name, shown[name], half_within(days[name], one.whole)) for name, one in parts.items()
    ]
    all_days = [day for some in days.values() for day in some]
    whole = sum(one.whole for one in parts.values())
    return (*lines, Timely(ALL, every, half_within(all_days, whole)))


def half_within(days: Iterable[int], whole: int) -> int | None:
    """In how many days at least half of so many cases were answered; the others wait still."""
    answered, half = sorted(days), -(-whole // 2)
    return answered[half - 1] if len(answered) >= half and whole >= LEAST else None


def _rates(every: Figures) -> dict[Rate, Share]:
    """The trade's figures of the whole district. What is returned or opened again in a month may
    have been given out or closed in the one before."""
    return {
        Rate.SIGNING: share(_parts(every.signing)),
        Rate.RESPONSE: share(_parts(every.response)),
        Rate.RETURNING: ratio(every.returned, every.assigned),
        Rate.REOPENING: ratio(every.reopened, every.closed),
        Rate.VISITING: share(_parts(every.visiting)),
        Rate.SOLVING: share(_parts(every.solving)),
        Rate.SATISFACTION: share(_parts(every.satisfaction)),
    }


def _parts(counted: Counted) -> Parts:
    return Parts(counted.part, counted.whole - counted.part)


def _number(number: int) -> Number:
    return Hidden.FEW if is_small(number) else number


def _names(numbers: Mapping[str, int], units: Sequence[str]) -> dict[str, str]:
    """Under which name each unit with a number stands, in order, the others last; nobody where all
    of them together are too few."""
    if sum(numbers.values()) < LEAST:
        return {}
    rare = together(numbers)
    alone = [unit for unit in units if numbers.get(unit) and unit not in rare]
    return {**{unit: unit for unit in alone}, **dict.fromkeys(rare, OTHERS)}


def _in_order(kinds: Iterable[str]) -> Kinds:
    return tuple(sorted((Kind(kind) for kind in kinds), key=_ORDINARY.index))


def _by_kind(count: MonthCount) -> dict[str, int]:
    return {kind: one.came for kind, one in summed(count.table, lambda _, kind: kind, _ORDINARY)}


def _by_unit_code(count: MonthCount) -> dict[str, int]:
    return {unit: one.came for unit, one in summed(count.table, _unit, _ORDINARY)}


def _unit(unit: str, _kind: Kind) -> str:
    return unit


def _apart(new: Any, old: Any) -> bool:
    """Whether two stored blocks are alike, each number the same or too far apart to point at few
    cases. Days to an answer are no cases."""
    if isinstance(new, dict) and isinstance(old, dict):
        rests = (_rest(new), _rest(old))
        return (
            new.keys() == old.keys()
            and all(_apart(new[key], old[key]) for key in new if key != "half_within")
            and _apart(*rests)
        )
    if isinstance(new, list) and isinstance(old, list):
        pairs = zip(new, old, strict=False)
        return len(new) == len(old) and all(_apart(*pair) for pair in pairs)
    if isinstance(new, int) and isinstance(old, int):
        return not is_small(abs(new - old))
    return new is None or old is None or bool(new == old)


def _rest(share_kept: dict[str, Any]) -> int | None:
    """What isn't in a stored share."""
    part, whole = share_kept.get("part"), share_kept.get("whole")
    return whole - part if isinstance(whole, int) and isinstance(part, int) else None
