"""Nothing small can be had out of what is shown: every way of filling the gaps is tried."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from admin.figures.figures import Figures
from admin.public_figures.making import beside_earlier, half_within, sheet_of
from admin.public_figures.month_count import MonthCount
from admin.public_figures.small_numbers import (
    LEAST,
    Place,
    Table,
    hidden,
    is_small,
    possible,
    together,
)
from admin.public_figures.small_shares import Parts, ratio, share, shares_beside
from portal.campaign.kinds import Kind
from portal.published.month_sheet import OTHERS, Few, Hidden, MonthSheet, Share

SMALL = range(1, LEAST)
ORDINARY: list[Kind] = [kind for kind in Kind if kind is not Kind.TIP_OFF]
UNITS = ["A", "B", "C", "D", "E"]


def sums(table: Table, side: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, number in table.items():
        found[place[side]] = found.get(place[side], 0) + number
    return found


def fillings(table: Table, secret: Collection[Place]) -> Iterator[dict[Place, int]]:
    """Every way to fill the hidden cells that fits the sums and which of them are small."""
    cells, left = sorted(secret), [sums(table, 0), sums(table, 1)]
    for place, number in table.items():
        if place not in secret:
            left[0][place[0]] -= number
            left[1][place[1]] -= number
    chosen: dict[Place, int] = {}

    def fill(at: int) -> Iterator[dict[Place, int]]:
        if at == len(cells):
            if not any(left[0].values()) and not any(left[1].values()):
                yield dict(chosen)
            return
        place = cells[at]
        room = min(left[0][place[0]], left[1][place[1]])
        for number in SMALL if is_small(table[place]) else range(LEAST, room + 1):
            if number <= room:
                chosen[place] = number
                left[0][place[0]] -= number
                left[1][place[1]] -= number
                yield from fill(at + 1)
                left[0][place[0]] += number
                left[1][place[1]] += number

    yield from fill(0)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    places = [(f"r{row}", f"c{column}") for row in range(rows) for column in range(columns)]
    table = {place: draw(st.integers(0, 8)) for place in places}
    assume(all(one >= LEAST for side in (0, 1) for one in sums(table, side).values()))
    return table


@given(tables())
@settings(max_examples=150, deadline=None)
def test_what_is_hidden_stays_hidden(table: Table) -> None:
    secret = hidden(table, len(table))
    if secret is None:
        # Sums alone leave as many numbers to choose from.
        rows, columns, every = sums(table, 0), sums(table, 1), sum(table.values())
        for row, column in table:
            least = max(0, rows[row] + columns[column] - every)
            assert min(rows[row], columns[column]) - least >= LEAST
        return
    assert {place for place, number in table.items() if is_small(number)} <= secret
    assert all(table[place] for place in secret)
    seen: dict[Place, set[int]] = {place: set() for place in secret}
    for filling in fillings(table, secret):
        for place, number in filling.items():
            seen[place].add(number)
    for place, numbers in seen.items():
        assert numbers == set(SMALL) if is_small(table[place]) else len(numbers) > 1, place
        least, most = possible(table, secret, place)
        near = range(table[place] - LEAST, table[place] + LEAST + 1)
        assert (least, most) == (min(numbers & set(near)), max(numbers & set(near)))


def test_a_gap_that_is_no_gap_is_found() -> None:
    """The check can fail: one hidden cell in a row says what it is by the sum."""
    table = {("a", "x"): 3, ("a", "y"): 9, ("b", "x"): 9, ("b", "y"): 9}
    assert possible(table, {("a", "x")}, ("a", "x")) == (3, 3)
    assert hidden(table, 4) == frozenset(table)
    assert hidden(table, 3) is None


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), max_size=8))
def test_what_is_counted_together_is_many_or_all(numbers: Mapping[str, int]) -> None:
    group = together(numbers)
    assert {name for name, number in numbers.items() if is_small(number)} <= set(group)
    assert not [name for name in group if not numbers[name]]
    number = sum(numbers[name] for name in group)
    everybody = {name for name, one in numbers.items() if one}
    if group and set(group) != everybody:
        assert number >= LEAST
        assert number != (LEAST - 1) * len(group)


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1
    )
)
@settings(max_examples=300, deadline=None)
def test_shares_in_one_table_don_t_betray_one_another(drawn: dict[str, tuple[int, int]]) -> None:
    rows = {name: Parts(*pair) for name, pair in drawn.items() if sum(pair) >= LEAST}
    assume(rows)
    shown, total = shares_beside(rows)
    for name, one in shown.items():
        parts = rows[name]
        assert one.whole == parts.whole
        if one.part is not None:
            assert one.part == parts.part
            assert parts.is_plain
    guesses = [
        rests
        for rests in product(*(candidates(rows[name], shown[name]) for name in shown))
        if fits(sum(rests), sum(rows[name].whole for name in shown), total)
    ]
    for at, name in enumerate(shown):
        found = {rests[at] for rests in guesses}
        assert rows[name].rest in found
        if shown[name].part is None:
            assert len(found) > 1, name


def candidates(parts: Parts, shown: Share) -> list[int]:
    """What the rest of a row could be, for who knows the rules."""
    whole = parts.whole
    if shown.part is not None:
        return [whole - shown.part]
    return {
        Few.REST: list(SMALL),
        Few.PART: [whole - few for few in SMALL],
        None: list(range(1, whole)),
    }[shown.few]


def fits(rest: int, whole: int, total: Share) -> bool:
    if total.part is not None:
        return rest == whole - total.part
    return rest in candidates(Parts(0, whole), total)


def test_what_is_said_of_a_share_is_true() -> None:
    for part, rest in product(range(30), range(30)):
        shown = share(Parts(part, rest))
        if isinstance(shown.whole, Hidden):
            assert is_small(part + rest)
        elif shown.part is None and shown.few:
            percent = int("".join(filter(str.isdigit, shown.percent)))
            real = 100 * part / (part + rest)
            assert real >= percent if shown.few is Few.REST else real <= percent
            assert is_small(rest) if shown.few is Few.REST else is_small(part)
        elif shown.part is not None:
            assert not is_small(part)
            assert not is_small(rest)
    assert share(Parts(0, 0)).percent == "–"
    # What is returned in a month may have been given out in the one before.
    assert ratio(9, 6).percent == "150%"
    assert ratio(3, 20) == Share(20, few=Few.PART)
    assert ratio(3, 2) == Share(Hidden.FEW)


def test_half_of_them_waits_for_those_without_an_answer() -> None:
    assert half_within([1, 2, 3, 9], 8) == 9
    assert half_within([1, 2, 3], 8) is None
    assert half_within([3, 1, 2, 8, 9], 5) == 3
    assert half_within([1, 2, 3, 4], 4) is None


@st.composite
def months(draw: st.DrawFn) -> MonthCount:
    table: dict[tuple[str, Kind], Figures] = {}
    for unit, kind in product(UNITS, ORDINARY):
        came = draw(st.integers(0, 12))
        late = draw(st.integers(0, came))
        table[unit, kind] = Figures(came=came, answered_on_time=came - late, answered_late=late)
    days = {unit: draw(st.lists(st.integers(0, 30), max_size=3)) for unit in UNITS}
    return MonthCount(table, draw(st.integers(0, 9)), days)


def numbers_in(kept: object) -> Iterator[int]:
    """Every number of cases that stands in what is stored."""
    if isinstance(kept, dict):
        for name, value in kept.items():
            yield from () if name == "half_within" else numbers_in(value)
    elif isinstance(kept, list):
        for value in kept:
            yield from numbers_in(value)
    elif isinstance(kept, int):
        yield kept


@given(months())
@settings(max_examples=200, deadline=None)
def test_no_sheet_holds_a_small_number(count: MonthCount) -> None:
    sheet = sheet_of(count, UNITS)
    assert not [number for number in numbers_in(sheet.to_json()) if is_small(number)]
    assert MonthSheet.from_json(sheet.to_json()) == sheet
    came, table = sheet.came, sheet.by_unit
    assert came is not None
    if not isinstance(came.total, Hidden):
        assert came.total == count.accusations + sum(one.came for one in count.table.values())
    if table:
        # Lines and columns add up, in the campaign's order, the others last.
        assert sum(table.sums) == sum(line.total for line in table.lines) == came.ordinary
        named = [line.unit for line in table.lines]
        assert named == [one for one in UNITS if one in named] + [OTHERS] * (OTHERS in named)
        for line in table.lines:
            if all(type(cell) is int for cell in line.cells):
                assert sum(line.cells) == line.total  # type: ignore[arg-type]


@given(months(), st.sampled_from(UNITS), st.sampled_from(ORDINARY), st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_a_later_release_differs_by_much_or_not_at_all(
    count: MonthCount, unit: str, kind: Kind, more: int
) -> None:
    before = sheet_of(count, UNITS)
    table = dict(count.table)
    table[unit, kind] += Figures(came=more, answered_on_time=more)
    fresh = sheet_of(MonthCount(table, count.accusations, count.days), UNITS)
    again, first = beside_earlier(fresh, [before]).to_json(), before.to_json()
    for name in ("came", "by_unit", "timely"):
        if again[name] is not None and first[name] is not None:
            pairs = zip(numbers_in(again[name]), numbers_in(first[name]), strict=True)
            assert not [pair for pair in pairs if is_small(abs(pair[0] - pair[1]))]
    if isinstance(before.came and before.came.ordinary, int) and fresh.came != before.came:
        assert again["came"] is None
    assert beside_earlier(before, [before]) == before
