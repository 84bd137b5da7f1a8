"""Taking days over into the calendar: what they change, and storing them.

Storing doesn't move a case: it notes that the dates are to be counted again, which happens in
small steps (`recounting`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from admin.office.calendar_sheet import Days, Fault, WrongDays
from intake.cases.event import record
from intake.moved_dates import count_again
from portal.campaign.revision import new_book_revision
from portal.foundation.calendar_loading import put_days
from portal.foundation.workdays import WorkCalendar


class SomebodyWasFaster(Exception):
    """The calendar changed since these days were held against it."""


@dataclass(frozen=True)
class DayChange:
    """One day that changes. `before` is None where it was a plain day of the week."""

    day: date
    before: tuple[bool, str] | None
    after: tuple[bool, str]


@dataclass(frozen=True)
class YearSum:
    """How many days of a year are worked, and how many are off."""

    year: int
    working: int
    off: int


@dataclass(frozen=True)
class CalendarChange:
    """What days would change. `days` are those to be stored; `moves_from` is the first day that
    would be worked where it wasn't, or the other way round: earlier dates stay as they are."""

    before: WorkCalendar
    after: WorkCalendar
    days: Days
    moves_from: date | None

    @property
    def shown(self) -> list[DayChange]:
        """The days as a person reads them, without the one that only bounds the last year."""
        found = [DayChange(d, self.before.exceptions.get(d), a) for d, a in self.days.items()]
        return [one for one in found if one.before or not _is_plain(one.day, one.after)]

    @property
    def added(self) -> list[DayChange]:
        """The days that were plain ones before."""
        return [one for one in self.shown if one.before is None]

    @property
    def changed(self) -> list[DayChange]:
        """The days that were already out of the ordinary, or had a name."""
        return [one for one in self.shown if one.before is not None]

    @property
    def years(self) -> list[YearSum]:
        """The years that become known."""
        return [
            _sum(year, self.after)
            for year in range(self.before.known_to.year + 1, self.after.known_to.year + 1)
        ]


def compare(before: WorkCalendar, days: Days) -> CalendarChange:
    """What days would change in a calendar.

    Raises:
        WrongDays: a year between the known ones and one of theirs is missing.
    """
    _refuse_gaps(before.known_to.year, {day.year for day in days})
    last = date(max(day.year for day in days), 12, 31)
    wanted = dict(days)
    if last > before.known_to:
        wanted.setdefault(last, (last.weekday() < 5, ""))
    fresh = {d: w for d, w in sorted(wanted.items()) if before.exceptions.get(d) != w}
    after = WorkCalendar({**before.exceptions, **fresh}, max(before.known_to, last))
    moved = (day for day in fresh if before.is_working(day) != after.is_working(day))
    return CalendarChange(before, after, fresh, next(moved, None))


def version_of(calendar: WorkCalendar) -> str:
    """A word that differs whenever a day does."""
    said = repr((sorted(calendar.exceptions.items()), calendar.known_to))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def take_over(
    session: Session, days: Days, *, source: str, by: int | None = None, seen: str | None = None
) -> CalendarChange:
    """Store days, and note that the dates are to be counted again. `seen` is the version of the
    calendar that they were held against before; none: whatever it is.

    Raises:
        SomebodyWasFaster: the calendar is another one now.
        WrongDays: a year is missing before them.
    """
    # This also holds the campaign's row, so that of two people at a time the later sees the
    # earlier's days.
    new_book_revision(session)
    before = WorkCalendar.read(session)
    if seen is not None and version_of(before) != seen:
        raise SomebodyWasFaster
    change = compare(before, days)
    if not change.days:
        return change
    put_days(session, change.days, source)
    record(
        session,
        "calendar_loaded",
        by=by,
        first=min(change.days).isoformat(),
        known_to=change.after.known_to.isoformat(),
        days=len(change.days),
    )
    if change.moves_from:
        count_again(session, change.moves_from)
    session.flush()
    return change


def _is_plain(day: date, what: tuple[bool, str]) -> bool:
    return what == (day.weekday() < 5, "")


def _refuse_gaps(known_to: int, years: set[int]) -> None:
    missing = [year for year in range(known_to + 1, max(years)) if year not in years]
    if missing:
        first_new = min(year for year in years if year > missing[0])
        chinese = (
            f"表里有{first_new}年，可是{missing[0]}年的放假安排还没有装入，请先装{missing[0]}年"
        )
        english = f"holds days of {first_new}, but {missing[0]} isn't known yet"
        raise WrongDays([Fault(None, "", chinese, english)])


def _sum(year: int, calendar: WorkCalendar) -> YearSum:
    working = sum(calendar.is_working(day) for day in _days_of(year))
    return YearSum(year, working, len(list(_days_of(year))) - working)


def _days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
