"""The counting of days: what holds for every limit and start, and days known to be tricky."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.rules.deadlines import Pause, Working, due, earlier, sentence, until, words
from tests.intake.rules.known_days import CALENDAR

LIMITS = st.integers(0, 90)
STARTS = st.dates(date(2018, 1, 1), date(2030, 12, 31))
UNITS = st.booleans()


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    pairs = draw(st.lists(st.tuples(STARTS, st.integers(0, 40)), max_size=3))
    return tuple(Pause(first, first + timedelta(days=length)) for first, length in pairs)


def days_off() -> Iterator[date]:
    return (day for day, (working, _) in CALENDAR.exceptions.items() if not working)


@settings(deadline=None)
@given(LIMITS, UNITS, STARTS, pauses(), st.integers(0, 30))
def test_what_holds_for_every_clock(
    limit: int, in_working_days: bool, start: date, stops: tuple[Pause, ...], more: int
) -> None:
    found = due(limit, in_working_days, start, CALENDAR, stops, more)

    assert found == due(limit, in_working_days, start, CALENDAR, stops, more)
    assert len(found.counted) == limit + more
    assert (found.due_on > start) == (limit + more > 0)
    assert found.due_on == (found.counted[-1] if found.counted else start)
    assert found.tentative == (found.due_on > CALENDAR.known_to)
    assert [one.day for one in found.days] == [
        start + timedelta(days=n + 1) for n in range((found.due_on - start).days)
    ]
    for one in found.days:
        assert one.counted or one.why
        if one.counted and in_working_days:
            assert CALENDAR.is_working(one.day)
        if any(stop.first <= one.day <= stop.last for stop in stops):
            assert not one.counted
    assert sentence(found)


@settings(deadline=None)
@given(LIMITS, LIMITS, UNITS, STARTS, pauses())
def test_a_longer_limit_is_never_due_before_a_shorter(
    a: int, b: int, in_working_days: bool, start: date, stops: tuple[Pause, ...]
) -> None:
    short, long = (due(n, in_working_days, start, CALENDAR, stops) for n in sorted((a, b)))
    assert short.due_on <= long.due_on


@settings(deadline=None)
@given(st.integers(1, 90), UNITS, STARTS, STARTS, pauses())
def test_a_later_start_is_never_due_before_an_earlier(
    limit: int, in_working_days: bool, a: date, b: date, stops: tuple[Pause, ...]
) -> None:
    first, second = (
        due(limit, in_working_days, start, CALENDAR, stops) for start in sorted((a, b))
    )
    assert first.due_on <= second.due_on


@settings(deadline=None)
@given(LIMITS, STARTS)
def test_calendar_days_are_plain_arithmetic(limit: int, start: date) -> None:
    assert due(limit, False, start, CALENDAR).due_on == start + timedelta(days=limit)


@settings(deadline=None)
@given(LIMITS, STARTS)
def test_working_days_agree_with_the_calendar(limit: int, start: date) -> None:
    assert due(limit, True, start, CALENDAR).due_on == CALENDAR.days_after(start, limit)


@pytest.mark.parametrize("day", [date(2022, 10, 8), date(2022, 10, 9), date(2026, 2, 14)])
def test_a_weekend_day_that_is_worked_counts(day: date) -> None:
    found = due(1, True, day - timedelta(days=1), CALENDAR)
    assert found.due_on == day
    assert found.days[-1].why == "调休上班"


def test_no_day_off_ever_counts() -> None:
    for day in days_off():
        assert due(1, True, day - timedelta(days=1), CALENDAR).due_on > day


def test_after_the_known_years_a_date_is_tentative() -> None:
    found = due(5, True, date(2026, 12, 28), CALENDAR)
    assert (found.due_on, found.tentative) == (date(2027, 1, 4), True)
    assert sentence(found).endswith("2027年的放假安排还没有公布，日期暂定。")
    assert not due(3, True, date(2026, 12, 28), CALENDAR).tentative


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        due(-1, True, date(2022, 6, 1), CALENDAR)


def test_the_earlier_of_law_and_promise() -> None:
    law = due(15, False, date(2022, 6, 1), CALENDAR).by("条例")
    promise = due(5, True, date(2022, 6, 1), CALENDAR).by("承诺")
    assert earlier(law, promise) == earlier(promise, law) == promise
    assert promise.rule_source == "承诺"
    assert earlier(law, law.by("承诺")).rule_source == "条例"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2022, 6, 1), "还有5个工作日"),
        (date(2022, 6, 4), "还有4个工作日"),
        (date(2022, 6, 8), "还有1个工作日"),
        (date(2022, 6, 9), "今天到期"),
        (date(2022, 6, 12), "超期3天"),
    ],
)
def test_the_time_left_in_words(today: date, said: str) -> None:
    assert words(due(5, True, date(2022, 6, 1), CALENDAR), today) == said


def test_calendar_days_left_in_words() -> None:
    assert words(due(15, False, date(2022, 6, 1), CALENDAR), date(2022, 6, 2)) == "还有14天"


JUNE_1 = date(2022, 6, 1)
SENTENCES = [
    (
        due(5, True, JUNE_1, CALENDAR),
        "5个工作日：6月2日、6月6日至9日。不算：端午节（6月3日）、周末（6月4日至5日）。",
    ),
    (
        due(4, True, date(2022, 9, 29), CALENDAR),
        (
            "4个工作日：9月30日、10月8日至10日。10月8日至9日调休上班，也算。"
            "不算：周末（10月1日至2日）、国庆节（10月3日至7日）。"
        ),
    ),
    (due(15, False, JUNE_1, CALENDAR), "15天：6月2日至16日。"),
    (due(0, True, JUNE_1, CALENDAR), "当天到期。"),
    (
        due(3, False, JUNE_1, CALENDAR, (Pause(date(2022, 6, 3), date(2022, 6, 4)),)),
        "3天：6月2日、6月5日至6日。不算：暂停计时（6月3日至4日）。",
    ),
]


@pytest.mark.parametrize(("working", "said"), SENTENCES)
def test_the_working_in_a_sentence(working: Working, said: str) -> None:
    assert sentence(working) == said


@settings(deadline=None)
@given(st.integers(1, 60), STARTS)
def test_a_day_that_was_set_has_the_same_working_as_one_that_was_counted(
    limit: int, start: date
) -> None:
    counted = due(limit, True, start, CALENDAR)
    assert until(counted.due_on, start, CALENDAR) == counted


def test_a_day_that_was_set_may_be_none_that_counts_or_be_today() -> None:
    on_a_holiday = until(date(2022, 10, 5), date(2022, 9, 29), CALENDAR)
    assert (on_a_holiday.due_on, on_a_holiday.counted) == (date(2022, 10, 5), (date(2022, 9, 30),))
    assert until(date(2022, 10, 5), date(2022, 10, 5), CALENDAR).days == ()
