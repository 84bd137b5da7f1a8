"""When what people wrote is destroyed: never while somebody still needs it, and then all of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.retention import (
    Ending,
    Hold,
    Period,
    Reason,
    What,
    due,
    may_be_destroyed,
    months_after,
    that_hold,
)

DAYS = st.dates(date(2022, 1, 1), date(2040, 12, 31))
PERIODS = st.builds(Period, words=st.integers(6, 360), contact=st.integers(6, 360))
ENDINGS = st.builds(Ending, on=DAYS, withdrawn=st.booleans(), period=PERIODS)
AFTER_A_WITHDRAWAL = 30


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 12, 1), 1, date(2023, 1, 1)),
        (date(2022, 11, 30), 13, date(2023, 12, 30)),
        (date(2022, 12, 31), 24, date(2024, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@given(DAYS, st.integers(0, 400))
def test_months_are_neither_lost_nor_won(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_a_closed_case_goes_by_its_period_and_its_contact_before() -> None:
    found = due([Ending(date(2022, 7, 1), withdrawn=False, period=Period(36, 24))], 30)
    assert found
    assert found.contact_on == date(2024, 7, 1)
    assert found.words_on == date(2025, 7, 1)
    assert found.reason is Reason.PERIOD


def test_a_withdrawn_case_goes_at_once_with_its_contact_whatever_its_kind_is_kept_for() -> None:
    for period in (Period(36, 24), None):
        found = due([Ending(date(2022, 7, 1), withdrawn=True, period=period)], 30)
        assert found
        assert found.contact_on == found.words_on == date(2022, 7, 31)
        assert found.reason is Reason.WITHDRAWN


@given(st.lists(ENDINGS, min_size=1, max_size=5))
def test_all_of_a_message_goes_with_the_last_of_it(endings: list[Ending]) -> None:
    together = due(endings, AFTER_A_WITHDRAWAL)
    alone = [due([one], AFTER_A_WITHDRAWAL) for one in endings]
    assert together
    assert all(one and one.words_on <= together.words_on for one in alone)
    assert all(one and one.contact_on <= together.contact_on for one in alone)
    assert any(one and one.words_on == together.words_on for one in alone)
    assert together.contact_on <= together.words_on
    assert all(together.words_on > one.on for one in endings if one.on)


@given(st.lists(ENDINGS, max_size=4), st.sampled_from([Period(36, 24), None]), st.booleans())
def test_nothing_goes_while_one_of_a_message_goes_on(
    endings: list[Ending], period: Period | None, withdrawn: bool
) -> None:
    running = Ending(None, withdrawn=withdrawn, period=period)
    assert due([*endings, running], AFTER_A_WITHDRAWAL) is None


def test_what_nobody_says_a_period_of_is_kept() -> None:
    assert due([Ending(date(2022, 7, 1), withdrawn=False, period=None)], 30) is None
    assert due([], 30) is None


@given(DAYS, DAYS, DAYS, st.integers(1, 366))
def test_nothing_goes_before_it_stood_on_the_list(
    due_on: date, listed_on: date, today: date, notice: int
) -> None:
    may = may_be_destroyed(due_on, listed_on, today, notice_days=notice)
    assert may == (today >= due_on and today - listed_on >= timedelta(notice))
    assert not may_be_destroyed(due_on, None, today, notice_days=notice)


@given(st.frozensets(st.sampled_from(list(Hold))))
def test_what_others_are_owed_holds_even_what_was_withdrawn(holds: frozenset[Hold]) -> None:
    assert that_hold(holds, withdrawn=False) == holds
    assert that_hold(holds, withdrawn=True) == holds - {Hold.FILING, Hold.FOLLOW_UP}


def test_each_thing_has_its_day() -> None:
    found = due([Ending(date(2022, 7, 1), withdrawn=False, period=Period(36, 24))], 30)
    assert found
    assert [found.on(what) for what in What] == [found.contact_on, found.words_on]
