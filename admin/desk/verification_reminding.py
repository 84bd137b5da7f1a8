"""Reminding of verifications (核查催办): before its day, on it and after it, by the campaign's own
rule, the unit that was asked reads it on its list, and whoever asks on the case.

A unit that the case accuses by now is asked nothing any more, and reminded of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.bar import Bar
from intake.cases.case import NO_DUE_DATE, Case
from intake.cases.event import record
from intake.cases.verification import Verification
from intake.dates import reminding_days
from intake.rules.lifecycle import OPEN_STATES
from portal.campaign.book import Book
from portal.foundation import clock


def to_remind(session: Session, most: int) -> Sequence[tuple[Verification, Case]]:
    """The questions whose day to be looked at has come, with their cases, held."""
    wanted = (
        select(Verification, Case)
        .join(Case, Case.id == Verification.case_id)
        .where(
            Verification.end.is_(None),
            Verification.watch_on <= clock.today(),
            Case.state.in_(OPEN_STATES),
        )
        .order_by(Case.id, Verification.id)
        .limit(most)
    )
    held = wanted.with_for_update(of=(Case, Verification))
    return [(row.Verification, row.Case) for row in session.execute(held)]


def remind(session: Session, one: Verification, case: Case, book: Book) -> None:
    """Remind of one question, once for each day of the rule, and write down that it is over. What
    was missed before its latest day stays out."""
    today = clock.today()
    come = [n for n, day in reminding_days(one.due_on, book).items() if day <= today]
    if come and not _is_barred(session, one):
        unit, due_on = one.unit_code, one.due_on.isoformat()
        how = str(max(come))
        record(
            session,
            "verification_reminded",
            case_id=case.id,
            unit=unit,
            due_on=due_on,
            how=how,
        )
        one.reminded_at = clock.now()
        if case.unit_code == one.asking_code:
            case.reminded_at = clock.now()
    one.watch_on = watched_on(one.due_on, today, book)


def watched_on(due_on: date, today: date, book: Book) -> date:
    """The next Shanghai day after this one on which somebody is reminded of a question."""
    days = (day for day in reminding_days(due_on, book).values() if day > today)
    return min(days, default=NO_DUE_DATE)


def first_watched_on(due_on: date, book: Book) -> date:
    """The first such day of a question that is asked today."""
    return watched_on(due_on, clock.today() - timedelta(days=1), book)


def _is_barred(session: Session, one: Verification) -> bool:
    bars = select(Bar.id).where(Bar.case_id == one.case_id, Bar.unit_code == one.unit_code)
    return session.scalars(bars.limit(1)).first() is not None
