"""Codes: the standard's own values, the tolerance of one step, and the form they are typed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from admin.accounts import second_factor
from tests.admin.accounts.site import full_width

RFC_SEED = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert second_factor.step_of(code, RFC_SEED, at=at) == seconds // 30


@pytest.mark.parametrize(
    ("steps_off", "taken"),
    [(-10, False), (-2, False), (-1, True), (0, True), (1, True), (2, False), (10, False)],
)
def test_a_telephone_may_be_off_by_one_step(steps_off: int, taken: bool) -> None:
    now = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)
    step = second_factor.step_at(now) + steps_off
    found = second_factor.step_of(second_factor.code_of(RFC_SEED, step), RFC_SEED, at=now)
    assert found == (step if taken else None)


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "abcdef", "二八七零八二", "\ud800"])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert second_factor.step_of(typed, RFC_SEED, at=datetime.fromtimestamp(59, UTC)) is None


@pytest.mark.parametrize("typed", [" 287 082 ", full_width("287082"), "287\u3000082"])
def test_spaces_and_full_width_digits_are_forgiven(typed: str) -> None:
    assert second_factor.step_of(typed, RFC_SEED, at=datetime.fromtimestamp(59, UTC)) == 1


def test_a_seed_has_160_bits_and_is_never_the_same() -> None:
    seeds = {second_factor.new_seed() for _ in range(50)}
    assert len(seeds) == 50
    assert all(len(seed) * 8 == 160 for seed in seeds)
    assert len(second_factor.in_fours(RFC_SEED).split()) == 8


def test_the_picture_has_no_inline_style_and_no_script() -> None:
    picture = second_factor.qr_picture(RFC_SEED, name='"><script>')
    assert picture.startswith("<svg")
    assert "style" not in picture
    assert "script" not in picture


def test_a_moment_is_in_one_step_for_thirty_seconds() -> None:
    start = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)
    assert second_factor.step_at(start) == second_factor.step_at(start + timedelta(seconds=29))
    assert second_factor.step_at(start) + 1 == second_factor.step_at(start + timedelta(seconds=30))
