"""Reminders (催办): the office reminds a unit of a case; and what the worker does by the campaign's
own rule, before a date, on it and after it.

Whoever sees the case reads of it on his list and on the case's page, and nobody else does: so it
never reaches whom the case accuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, check_decides, settle, write
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.dates import SEALED_CLOCKS, clocks_of, happened, reminding_days, watched_on
from intake.rules.clocks import Running
from intake.rules.lifecycle import MoveNotAllowed
from intake.rules.pauses import Happened
from portal.campaign.book import Book
from portal.foundation import clock

BY_STAFF = "staff"


def remind(session: Session, case: Case, hand: Hand, *, words: str = "") -> None:
    """Remind the unit that has a case, with a few words or without.

    Raises:
        SomebodyWasFaster: see there.
        MoveNotAllowed: the actor doesn't act for the office, or the case is over.
    """
    check_decides(session, case, hand, "remind")
    if not case.state.is_open or case.unit_code in hand.access.desks:
        raise MoveNotAllowed("remind")
    if words.strip():
        write(session, case, hand, MessageKind.REASON, words)
    facts = {"clock": case.due_clock, "due_on": case.due_on.isoformat(), "how": BY_STAFF}
    record(session, "reminded", case_id=case.id, by=hand.access.staff_id, **facts)
    settle(session, case, hand)
    case.reminded_at = clock.now()


def watch(session: Session, case: Case, book: Book) -> None:
    """Write down which of a case's dates are over, once each, and remind its unit of what is near
    or late. The same day twice changes nothing."""
    today, events = clock.today(), happened(session, case)
    running = clocks_of(book, case.kind, case.identity, events)
    owed = [one for one in running if one.is_owed]
    for name, facts in [*_overdue(owed, events, today), *_reminders(owed, events, today, book)]:
        record(session, name, case_id=case.id, **facts)
        # Of a closed case the sender of its order is still owed an answer, but by the office.
        if case.state.is_open and _concerns_its_unit(facts["clock"], case, book):
            case.reminded_at = clock.now()
    case.watch_on = watched_on(running, today, book)


def _concerns_its_unit(name: str, case: Case, book: Book) -> bool:
    """Whether the unit that has a case may know of a clock."""
    return name not in SEALED_CLOCKS or case.unit_code == book.campaign.office_code


def _overdue(
    owed: Sequence[Running], events: Sequence[Happened], today: date
) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in owed:
        facts = {"clock": one.clock, "due_on": one.working.due_on.isoformat()}
        if one.working.due_on < today and not _said(events, "overdue", facts):
            yield "overdue", facts


def _reminders(
    owed: Sequence[Running], events: Sequence[Happened], today: date, book: Book
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The latest reminder of each clock whose day has come; what was missed before stays out."""
    for one in owed:
        due_on = one.working.due_on
        come = [n for n, day in reminding_days(due_on, book).items() if day <= today]
        if not come:
            continue
        facts = {"clock": one.clock, "due_on": due_on.isoformat(), "how": str(max(come))}
        if not _said(events, "reminded", facts):
            yield "reminded", facts


def _said(events: Sequence[Happened], name: str, facts: dict[str, Any]) -> bool:
    return any(one.name == name and dict(one.facts) == facts for one in events)
