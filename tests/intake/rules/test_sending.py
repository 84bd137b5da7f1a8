"""Pauses grow and end; reports lead to the same state in whatever order they come."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.rules.sending import (
    IN_HAND,
    LOST,
    MOST_TRIES,
    TextState,
    after_report,
    pause,
)

STATES = st.sampled_from(TextState)
CHANCES = st.floats(0, 1)


def state_after(state: TextState, reports: list[TextState]) -> TextState:
    for reported in reports:
        state = after_report(state, reported)
    return state


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STATES, st.lists(STATES, max_size=4))
def test_the_order_of_reports_is_of_no_matter(state: TextState, reports: list[TextState]) -> None:
    found = {state_after(state, list(order)) for order in permutations(reports)}
    assert len(found) == 1


@given(STATES, STATES)
def test_a_report_that_comes_twice_changes_nothing(state: TextState, reported: TextState) -> None:
    once = after_report(state, reported)
    assert after_report(once, reported) is once


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STATES, max_size=5))
def test_what_was_delivered_stays_delivered(reports: list[TextState]) -> None:
    assert state_after(TextState.DELIVERED, reports) is TextState.DELIVERED


@given(STATES)
def test_no_report_makes_a_message_wait_again(reported: TextState) -> None:
    for state in set(TextState) - IN_HAND:
        assert after_report(state, reported) not in IN_HAND


@given(st.integers(1, 50), CHANCES, CHANCES)
def test_pauses_grow_up_to_six_hours(tries: int, one: float, other: float) -> None:
    assert pause(tries, one) <= pause(tries + 1, other) or pause(tries, 0) == timedelta(hours=6)
    assert timedelta(minutes=1) <= pause(tries, one) <= timedelta(hours=9)


def test_all_tries_together_take_days_and_not_weeks() -> None:
    most = sum((pause(tries, 1.0) for tries in range(1, MOST_TRIES)), timedelta())
    assert timedelta(hours=12) < most < timedelta(days=2)


def test_every_state_has_its_words_and_what_is_lost_is_over() -> None:
    assert len({state.official for state in TextState}) == len(TextState)
    assert not LOST & IN_HAND
