"""Query codes: 80 bits, forgiving to read, unforgiving of a wrong symbol."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from intake.vault.query_codes import (
    ALPHABET,
    LENGTH,
    is_well_formed,
    read_code,
    reporter_keys,
    write_code,
)
from tests.deployments import Deployment

ten_bytes = st.binary(min_size=10, max_size=10)


@given(ten_bytes)
def test_a_code_is_well_formed_and_reads_as_itself(seed: bytes) -> None:
    code = write_code(seed)
    assert len(code) == LENGTH
    assert is_well_formed(code)
    assert read_code(code) == code


@given(ten_bytes, st.sampled_from([" ", "-", "　", "\n"]))
def test_spaces_case_and_full_width_are_forgiven(seed: bytes, gap: str) -> None:
    code = write_code(seed)
    full_width = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    spaced = gap.join(code[i : i + 4] for i in range(0, LENGTH, 4))
    for typed in (code.lower(), full_width, spaced, code.replace("0", "O").replace("1", "l")):
        assert read_code(typed) == code


@given(ten_bytes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_noticed(seed: bytes, at: int, symbol: str) -> None:
    code = write_code(seed)
    assume(code[at] != symbol)
    assert not is_well_formed(code[:at] + symbol + code[at + 1 :])


@given(st.text(max_size=60))
def test_anything_typed_can_be_read(typed: str) -> None:
    assert isinstance(is_well_formed(read_code(typed)), bool)


@given(ten_bytes, ten_bytes)
def test_each_code_has_its_own_keys(one: bytes, other: bytes) -> None:
    assume(one != other)
    assert reporter_keys(write_code(one)) != reporter_keys(write_code(other))


# Each bound below is more than seven standard deviations away: of 10⁹ runs one fails.
MANY, SEVEN = 10_000, 7.2


def spread(share: float, tries: int) -> float:
    """How far a count may be from its share of all tries."""
    return SEVEN * (tries * share * (1 - share)) ** 0.5


def test_ten_thousand_codes_look_like_chance(deployment: Deployment) -> None:
    """Of the same words, sent one after the other: what is nearly alike gives nothing alike."""
    vault = deployment.public.extensions["vault"]
    codes = [vault.query_code(f"submission-{n:05}", "津贴没发".encode()) for n in range(MANY)]
    assert len(set(codes)) == MANY
    symbols = Counter((at, symbol) for code in codes for at, symbol in enumerate(code[:16]))
    off = [abs(symbols[at, s] - MANY / 32) for at in range(16) for s in ALPHABET]
    assert max(off) < spread(1 / 32, MANY)
    pairs = Counter(code[at : at + 2] for code in codes for at in range(15))
    off = [abs(pairs[a + b] - 15 * MANY / 1024) for a in ALPHABET for b in ALPHABET]
    # A pair of one symbol follows itself: its counts spread a little wider.
    assert max(off) < 1.2 * spread(1 / 1024, 15 * MANY)
    numbers = [sum(ALPHABET.index(s) << 5 * at for at, s in enumerate(c[:16])) for c in codes]
    changed = [(a ^ b).bit_count() for a, b in pairwise(numbers)]
    assert abs(sum(changed) - 40 * len(changed)) < spread(1 / 2, 80 * len(changed))
