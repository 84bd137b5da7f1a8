"""When what people wrote is destroyed: never while somebody still needs it, and then all of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.retention import (
    Due,
    Ending,
    Granted,
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
    assert found == {
        What.CONTACT: Due(date(2024, 7, 1), Reason.PERIOD),
        What.WORDS: Due(date(2025, 7, 1), Reason.PERIOD),
    }


def test_a_withdrawn_case_goes_at_once_with_its_contact_whatever_its_kind_is_kept_for() -> None:
    for period in (Period(36, 24), None):
        found = due([Ending(date(2022, 7, 1), withdrawn=True, period=period)], 30)
        assert found == dict.fromkeys(What, Due(date(2022, 7, 31), Reason.WITHDRAWN))


@given(st.lists(ENDINGS, min_size=1, max_size=5))
def test_all_of_a_message_goes_with_the_last_of_it(endings: list[Ending]) -> None:
    together = due(endings, AFTER_A_WITHDRAWAL)
    alone = [due([one], AFTER_A_WITHDRAWAL) for one in endings]
    words = together[What.WORDS].on
    for what in What:
        assert all(one[what].on <= together[what].on for one in alone)
    assert any(one[What.WORDS].on == words for one in alone)
    assert together[What.CONTACT].on <= words
    assert all(words > one.on for one in endings if one.on)


@given(
    st.lists(ENDINGS, max_size=4),
    st.sampled_from([Period(36, 24), None]),
    st.booleans(),
    st.sampled_from([None, *(Granted(what, date(2022, 7, 1)) for what in What)]),
)
def test_nothing_goes_while_one_of_a_message_goes_on(
    endings: list[Ending], period: Period | None, withdrawn: bool, granted: Granted | None
) -> None:
    running = Ending(None, withdrawn=withdrawn, period=period)
    assert due([*endings, running], AFTER_A_WITHDRAWAL, granted) == {}


@given(st.lists(ENDINGS, min_size=1, max_size=4), DAYS)
def test_what_was_granted_goes_as_soon_as_all_are_over(
    endings: list[Ending], granted_on: date
) -> None:
    withdrawn = timedelta(AFTER_A_WITHDRAWAL)
    over = [
        one.on + (withdrawn if one.withdrawn and one.on >= granted_on else timedelta())
        for one in endings
        if one.on
    ]
    over_on = max([granted_on, *over])
    asked = Due(over_on, Reason.REQUESTED)
    all_of_it = due(endings, AFTER_A_WITHDRAWAL, Granted(What.WORDS, granted_on))
    assert all_of_it == dict.fromkeys(What, asked)
    contact = due(endings, AFTER_A_WITHDRAWAL, Granted(What.CONTACT, granted_on))
    assert contact == {**due(endings, AFTER_A_WITHDRAWAL), What.CONTACT: asked}


def test_what_nobody_says_a_period_of_is_kept_unless_its_reporter_asked() -> None:
    closed = [Ending(date(2022, 7, 1), withdrawn=False, period=None)]
    assert due(closed, 30) == due([], 30) == {}
    granted = Granted(What.CONTACT, date(2022, 8, 1))
    assert due(closed, 30, granted) == {What.CONTACT: Due(date(2022, 8, 1), Reason.REQUESTED)}


@given(DAYS, DAYS, DAYS, st.integers(1, 366))
def test_nothing_goes_by_age_before_it_stood_on_the_list(
    due_on: date, listed_on: date, today: date, notice: int
) -> None:
    by_age, asked = Due(due_on, Reason.PERIOD), Due(due_on, Reason.REQUESTED)
    may = may_be_destroyed(by_age, listed_on, today, notice_days=notice)
    assert may == (today >= due_on and today - listed_on >= timedelta(notice))
    assert not may_be_destroyed(by_age, None, today, notice_days=notice)
    assert may_be_destroyed(asked, None, today, notice_days=notice) == (today >= due_on)


@given(st.frozensets(st.sampled_from(list(Hold))))
def test_what_others_are_owed_holds_even_what_was_withdrawn(holds: frozenset[Hold]) -> None:
    assert that_hold(holds, withdrawn=False) == holds
    assert that_hold(holds, withdrawn=True) == holds - {Hold.FILING, Hold.FOLLOW_UP}


def test_each_hold_says_what_it_is_and_what_ends_it() -> None:
    assert len({one.official for one in Hold}) == len({one.until for one in Hold}) == len(Hold)
