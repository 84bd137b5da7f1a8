"""Sealing: what is sealed opens for its holder only, and only where it was put."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.vault.sealing import (
    DoesNotOpen,
    KeyPair,
    is_to_public_key,
    lock,
    open_own,
    open_sealed,
    seal,
    seal_to_oneself,
    unlock,
)

PAIR, OTHER = KeyPair.fresh(), KeyPair.fresh()


@given(st.binary(max_size=2_000), st.binary(max_size=50))
def test_what_is_sealed_opens_for_its_holder(data: bytes, context: bytes) -> None:
    assert open_sealed(PAIR, seal(PAIR.public, data, context), context) == data


def test_another_key_doesnt_open_it() -> None:
    with pytest.raises(DoesNotOpen):
        open_sealed(OTHER, seal(PAIR.public, b"words", b"here"), b"here")


def test_a_moved_blob_doesnt_open() -> None:
    with pytest.raises(DoesNotOpen):
        open_sealed(PAIR, seal(PAIR.public, b"words", b"case 1"), b"case 2")


@given(st.data())
def test_a_changed_byte_anywhere_is_noticed(data: st.DataObject) -> None:
    blob = bytearray(seal(PAIR.public, b"words", b"here"))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DoesNotOpen):
        open_sealed(PAIR, bytes(blob), b"here")


@given(st.integers(0, 300))
def test_a_cut_blob_is_refused(length: int) -> None:
    blob = seal(PAIR.public, b"words" * 30, b"here")
    with pytest.raises(DoesNotOpen):
        open_sealed(PAIR, blob[: min(length, len(blob) - 1)], b"here")


def test_a_lock_opens_with_its_own_key_only() -> None:
    key, other = b"k" * 32, b"o" * 32
    assert unlock(key, lock(key, b"words", b"here"), b"here") == b"words"
    for wrong_key, context in ((other, b"here"), (key, b"there")):
        with pytest.raises(DoesNotOpen):
            unlock(wrong_key, lock(key, b"words", b"here"), context)


@given(st.binary(max_size=2_000), st.binary(max_size=50))
def test_what_one_seals_to_oneself_opens_for_the_same_pair(data: bytes, context: bytes) -> None:
    blob = seal_to_oneself(PAIR, data, context)
    assert open_sealed(PAIR, blob, context) == data
    assert open_own(PAIR.private, blob, context) == data
    assert not is_to_public_key(blob)


def test_it_opens_for_no_other_pair_and_nowhere_else() -> None:
    blob = seal_to_oneself(PAIR, b"words", b"case 1")
    for pair, context in ((OTHER, b"case 1"), (PAIR, b"case 2")):
        for opening in (open_sealed, lambda p, b, c: open_own(p.private, b, c)):
            with pytest.raises(DoesNotOpen):
                opening(pair, blob, context)


@given(st.data())
def test_a_changed_or_cut_byte_of_it_is_noticed(data: st.DataObject) -> None:
    blob = bytearray(seal_to_oneself(PAIR, b"words", b"here"))
    place = data.draw(st.integers(0, len(blob) - 1))
    cut = bytes(blob[:place])
    blob[place] ^= data.draw(st.integers(1, 255))
    for wrong in (cut, bytes(blob)):
        with pytest.raises(DoesNotOpen):
            open_sealed(PAIR, wrong, b"here")


def test_what_others_sealed_isnt_taken_for_ones_own() -> None:
    with pytest.raises(DoesNotOpen):
        open_own(PAIR.private, seal(PAIR.public, b"words", b"here"), b"here")
