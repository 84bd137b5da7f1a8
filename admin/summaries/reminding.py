"""Reminding units of their parts (催报): in office hours, from the first day on which they may
write one, by the campaign's own rule before the day, on it and after it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.summaries.part_list import outstanding
from admin.summaries.planned import Owed, opened
from admin.summaries.summary_reminder import SummaryReminder
from intake.cases.event import record
from intake.dates import reminding_days
from intake.office_hours import is_office_hour
from portal.campaign.book import Book, book
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.database import Database


def remind_of_summaries(database: Database) -> int:
    """Remind every unit whose part is outstanding, once for each day of the rule that has come;
    returns how many. Outside office hours it does nothing."""
    with database.reading() as session:
        found = book(session)
        if not is_office_hour(clock.now(), found) or not _due(session, found):
            return 0
    with database.writing() as session:
        found = book(session)
        # The office's own row is held, so that of two workers the later finds nothing left.
        office = select(Unit.code).where(Unit.code == found.campaign.office_code)
        session.execute(office.with_for_update(key_share=True))
        due = _due(session, found)
        for one in due:
            _remind(session, one)
        return len(due)


def reminded(session: Session, key: str) -> dict[str, date]:
    """By the units' codes, the last Shanghai day on which each was reminded of a summary."""
    rows = session.execute(
        select(SummaryReminder.unit_code, SummaryReminder.reminded_on)
        .where(SummaryReminder.duty == key)
        .order_by(SummaryReminder.reminded_on)
    )
    return {row[0]: row[1] for row in rows}


def _due(session: Session, found: Book) -> list[Owed]:
    """Those that haven't been reminded since the last day of the rule came."""
    due = []
    for planned in opened(found, clock.today()):
        days = [planned.days.remind_on, *reminding_days(planned.due_on, found).values()]
        latest = max(day for day in days if day <= clock.today())
        last = reminded(session, planned.key)
        left = outstanding(session, found, [planned])
        due += [one for one in left if last.get(one.unit, date.min) < latest]
    return due


def _remind(session: Session, one: Owed) -> None:
    key = one.planned.key
    session.add(
        SummaryReminder(
            duty=key,
            unit_code=one.unit,
            reminded_on=clock.today(),
            reminded_at=clock.now(),
        )
    )
    due_on = one.due_on.isoformat()
    record(session, "summary_part_reminded", summary=key, unit=one.unit, due_on=due_on)
    session.flush()
