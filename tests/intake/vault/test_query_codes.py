"""Query codes: 80 bits, forgiving to read, unforgiving of a wrong symbol."""

from __future__ import annotations

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
