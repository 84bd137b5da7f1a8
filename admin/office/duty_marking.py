"""Noting that a duty of the plan's calendar was done (plan 五), and taking that back."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from admin.office.duty_mark import DutyMark
from admin.office.plan_dates import due_between
from intake.cases.event import record
from portal.campaign.book import Book
from portal.foundation import clock


class NoSuchDuty(LookupError):
    """The calendar has no such duty on that day, or a room of this site tells how far it is."""


class DayNotCome(Exception):
    """Nothing was done on a day that lies ahead."""


def mark_done(
    session: Session, *, by: int, found: Book, duty: tuple[str, date], done_on: date
) -> None:
    """Note that a duty was done on a Shanghai day; `duty` is its key with the day it falls due.
    What was noted last counts.

    Raises:
        NoSuchDuty, DayNotCome: see there.
    """
    key, due_on = duty
    _check(found, key, due_on)
    if done_on > clock.today():
        raise DayNotCome
    mark = session.get(DutyMark, (key, due_on)) or DutyMark(key=key, due_on=due_on)
    mark.done_on, mark.noted_by, mark.noted_at = done_on, by, clock.now()
    session.add(mark)
    record(session, "duty_done", by=by, duty=key, due_on=due_on.isoformat())
    session.flush()


def take_mark_back(session: Session, *, by: int, key: str, due_on: date) -> None:
    """Take back that a duty was done.

    Raises:
        NoSuchDuty: nobody noted it.
    """
    mark = session.get(DutyMark, (key, due_on))
    if mark is None:
        raise NoSuchDuty(key)
    session.delete(mark)
    record(session, "duty_undone", by=by, duty=key, due_on=due_on.isoformat())
    session.flush()


def _check(found: Book, key: str, due_on: date) -> None:
    by_hand = [one for one in found.dates if one.key == key and one.task is None]
    dues = due_between(by_hand, due_on, due_on, found.calendar)
    if not any(one.duty.key == key and not one.begins for one in dues):
        raise NoSuchDuty(key)
