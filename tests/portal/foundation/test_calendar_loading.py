"""The table of days: what the package knows, and what the office set stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from portal.foundation.calendar_loading import load_known_years
from portal.foundation.database import Base
from portal.foundation.workdays import CalendarDay, WorkCalendar


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def calendar(session: Session) -> WorkCalendar:
    return WorkCalendar.read(session)


def test_every_known_day_agrees_with_the_package(session: Session) -> None:
    load_known_years(session)
    known = calendar(session)

    day = date(2018, 1, 1)
    while day <= date(2026, 12, 31):
        assert known.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert known.known_to == date(2026, 12, 31)
    assert known.why_off(date(2022, 10, 3)) == "国庆节"
    assert known.exceptions[date(2022, 10, 8)] == (True, "调休上班")


def test_only_days_out_of_the_ordinary_are_kept(session: Session) -> None:
    assert load_known_years(session) < 300
    assert load_known_years(session) == 0


def test_a_day_the_office_set_stays(session: Session) -> None:
    session.add(CalendarDay(day=date(2026, 1, 1), working=True, name="试", source="试"))
    load_known_years(session)
    assert session.get_one(CalendarDay, date(2026, 1, 1)).working


def test_no_day_after_the_known_years_raises(session: Session) -> None:
    load_known_years(session)
    known = calendar(session)
    assert known.is_working(date(2027, 1, 1))
    assert not known.is_known(date(2027, 1, 1))
    assert known.days_after(date(2026, 12, 30), 5) == date(2027, 1, 6)
