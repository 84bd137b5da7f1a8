"""The calendar of the years that are known, for tests of counting."""

from __future__ import annotations

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from portal.foundation.calendar_loading import load_known_years
from portal.foundation.database import Base
from portal.foundation.workdays import CalendarDay, WorkCalendar


def known_days() -> WorkCalendar:
    """What a fresh deployment counts by."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[Base.metadata.tables["calendar_day"]])
    with Session(engine) as session:
        load_known_years(session)
        days = session.scalars(select(CalendarDay)).all()
        found = WorkCalendar({d.day: (d.working, d.name) for d in days}, max(d.day for d in days))
    engine.dispose()
    return found


CALENDAR = known_days()
