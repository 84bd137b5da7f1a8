"""One-time ids and form tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake.submission import form_token, is_ours, issue, issued_at, token_fits
from portal.foundation import clock

SECRET, OTHER = b"one secret", b"another secret"
NOW = datetime(2022, 6, 6, 1, 2, 3, 456789, tzinfo=UTC)


def test_an_id_is_ours_under_our_secret_only() -> None:
    issued = issue(SECRET)

    assert is_ours(SECRET, issued)
    assert not is_ours(OTHER, issued)
    assert issue(SECRET) != issued


def test_an_id_knows_its_moment_and_never_runs_out() -> None:
    with clock.stopped_at(NOW):
        issued = issue(SECRET)

    assert issued_at(issued) == NOW
    with clock.stopped_at(NOW + timedelta(days=400)):
        assert is_ours(SECRET, issued)


@given(st.text())
def test_no_other_text_is_an_id(text: str) -> None:
    assert not is_ours(SECRET, text)
    issued_at(text)


@given(st.integers(min_value=0), st.characters())
def test_an_id_changed_anywhere_isnt_ours(at: int, other: str) -> None:
    issued = issue(SECRET)
    at %= len(issued)
    changed = issued[:at] + other + issued[at + 1 :]

    assert is_ours(SECRET, changed) == (changed == issued)


def test_a_token_fits_one_cookie_and_one_id() -> None:
    token = form_token(SECRET, "cookie", "id")

    assert token_fits(SECRET, "cookie", "id", token)
    for secret, cookie, one in (
        (OTHER, "cookie", "id"),
        (SECRET, "cookies", "id"),
        (SECRET, "cookie", "di"),
    ):
        assert not token_fits(secret, cookie, one, token)
    assert not token_fits(SECRET, "cookie", "id", "非")
