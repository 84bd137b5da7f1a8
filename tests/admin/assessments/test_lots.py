"""Which rows are drawn: as many as each street's size asks for, each once, and the same again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from admin.assessments.lots import Lists, draw_lots, record_of, repeats

SEED = bytes(range(32))


def lists(sizes: dict[str, int], asked: int) -> Lists:
    return Lists(sizes, {street: f"封存 {street}" for street in sizes}, asked)


@given(
    st.dictionaries(
        st.sampled_from(["ST01", "ST02", "ST03", "ST05"]), st.integers(1, 60), min_size=1
    ),
    st.integers(0, 80),
    st.binary(min_size=32, max_size=32),
)
@settings(max_examples=60, deadline=None)
def test_a_draw_fits_its_lists(sizes: dict[str, int], more: int, seed: bytes) -> None:
    asked = min(len(sizes) + more, sum(sizes.values()))
    lots = draw_lots(lists(sizes, asked), seed)
    assert sum(len(one.drawn) for one in lots.values()) == asked
    for street, one in lots.items():
        rows = [*one.drawn, *one.reserve]
        assert len(set(rows)) == len(rows)
        assert set(rows) <= set(range(1, sizes[street] + 1))
        assert one.drawn
        left = sizes[street] - len(one.drawn)
        assert len(one.reserve) == min(left, -(-len(one.drawn) // 2))


def test_a_draw_can_be_worked_out_with_nothing_but_sha_256() -> None:
    lots = draw_lots(lists({"ST05": 9}, 3), SEED)["ST05"]
    by_hand = sorted(
        range(1, 10), key=lambda row: hashlib.sha256(SEED + f"\n\nST05\n{row}".encode()).digest()
    )
    assert [*lots.drawn, *lots.reserve] == by_hand[:5]


def test_bigger_streets_get_more_and_every_row_has_the_same_chance() -> None:
    assert {
        s: len(one.drawn) for s, one in draw_lots(lists({"A": 300, "B": 100}, 40), SEED).items()
    } == {"A": 30, "B": 10}
    counted: Counter[int] = Counter()
    for number in range(2000):
        counted.update(draw_lots(lists({"A": 10}, 3), number.to_bytes(32, "big"))["A"].drawn)
    assert all(500 < counted[row] < 700 for row in range(1, 11))


def test_a_small_street_gets_the_least_number_too() -> None:
    of = Lists({"A": 900, "B": 20, "C": 3}, dict.fromkeys("ABC", "封存"), 60, least=5)
    lots = draw_lots(of, SEED)
    assert {street: len(one.drawn) for street, one in lots.items()} == {"A": 52, "B": 5, "C": 3}
    record = record_of("0a1b2c3d", of, SEED, lots)
    assert repeats(record)
    assert not repeats(record.replace('"least": 5', '"least": 4'))


def test_a_record_that_was_touched_doesnt_repeat() -> None:
    of = lists({"A": 50, "B": 20}, 14)
    record = record_of("0a1b2c3d", of, SEED, draw_lots(of, SEED))
    assert repeats(record)
    said = json.loads(record)
    said["streets"]["A"]["drawn"][0] = said["streets"]["A"]["reserve"][0]
    changed = json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    assert not repeats(changed)
    assert not repeats(record.replace(SEED.hex(), bytes(32).hex()))
