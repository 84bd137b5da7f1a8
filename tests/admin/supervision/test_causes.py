"""From which day on something counts as long overdue, worked out by hand over holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin.supervision.causes import counted, overdue_since
from portal.campaign.supervision_rule import SupervisionRule, Trigger
from tests.intake.rules.known_days import CALENDAR


def rule(**suggest: int) -> SupervisionRule:
    """A rule that suggests at these numbers."""
    return SupervisionRule.of({"suggest": suggest})


@pytest.mark.parametrize(
    ("today", "last"),
    [
        # Due on Tuesday 7 June: the fifth working day after is the 14th, so from the 15th on.
        (date(2022, 6, 14), date(2022, 6, 6)),
        (date(2022, 6, 15), date(2022, 6, 7)),
        # Due on Sunday the 12th, by a clock of calendar days: the fifth working day after is Friday
        # the 17th, so from Saturday on, and on the Monday after it nothing new.
        (date(2022, 6, 18), date(2022, 6, 12)),
        (date(2022, 6, 20), date(2022, 6, 12)),
        # 1 to 7 October are off, 8 and 9 October are worked: 30 September, 8, 9, 10, 11 October.
        (date(2022, 10, 12), date(2022, 9, 29)),
    ],
)
def test_what_was_worked_out_by_hand(today: date, last: date) -> None:
    assert overdue_since(rule(overdue=5), today, CALENDAR) == last


@settings(deadline=None)
@given(st.dates(date(2018, 1, 1), date(2026, 6, 30)), st.integers(1, 30))
def test_the_last_day_is_the_last(today: date, most: int) -> None:
    last = overdue_since(rule(overdue=most), today, CALENDAR)
    assert last is not None
    assert CALENDAR.days_after(last, most) < today
    assert CALENDAR.days_after(last + timedelta(days=1), most) >= today


def test_only_what_the_rule_names_is_suggested() -> None:
    events = ["registered", "reopened", "review_asked", "noted"]
    assert overdue_since(rule(returned=2), date(2022, 6, 15), CALENDAR) is None
    assert list(counted(rule(overdue=5), returns=9, events=events)) == []
    found = counted(rule(returned=3, repeated=2), returns=2, events=events)
    assert [(one.trigger, one.times) for one in found] == [(Trigger.REPEATED, 2)]
