"""A case's dates, counted from its events: what is due next, and by when the reporter hears from
us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import NO_DUE_DATE, Case, Identity
from intake.cases.event import Event, pending
from intake.rules import clocks
from intake.rules.clocks import Happened, Running, Spell
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation.clock import day_of


def happened(session: Session, case: Case) -> list[Happened]:
    """What happened to a case, this transaction's events included."""
    stored = session.execute(
        select(Event.name, Event.happened_at, Event.facts)
        .where(Event.case_id == case.id)
        .order_by(Event.seq)
    ).all()
    waiting = [(one.name, one.happened_at, one.facts) for one in pending(session, case.id)]
    return [as_happened(*one) for one in [*stored, *waiting]]


def as_happened(name: str, at: datetime, facts: Mapping[str, Any]) -> Happened:
    """An event as clocks want to know it. A part that was split from a case counts from the day on
    which its reporter sent the whole."""
    if name == "split_off":
        return Happened("registered", date.fromisoformat(facts["received_on"]))
    former = str(facts["former"]) if name == "kind_changed" else ""
    return Happened(name, day_of(at), former)


def clocks_of(
    book: Book, kind: Kind, identity: Identity, events: Sequence[Happened]
) -> tuple[Running, ...]:
    """The clocks that run for a case of some kind after these events."""
    named = identity is Identity.REAL_NAME
    return clocks.running(events, list(_spells(book, kind, events)), book.calendar, named=named)


def _spells(book: Book, kind: Kind, events: Sequence[Happened]) -> Iterator[Spell]:
    """The kinds that a case has been of, `kind` being the present one."""
    changes = [one for one in events if one.former_kind]
    since = None
    for change in changes:
        yield Spell(book.limits_for(Kind(change.former_kind)), since)
        since = change.on
    yield Spell(book.limits_for(kind), since)


def _is_owed_by(one: Running, unit_code: str, book: Book) -> bool:
    """The first look is the office's own; a unit's queue isn't sorted by it."""
    return one.clock != "office_look" or unit_code == book.campaign.office_code


def set_dates(session: Session, case: Case, book: Book) -> tuple[Running, ...]:
    """Count a case's dates again and store them for sorting."""
    running = clocks_of(book, case.kind, case.identity, happened(session, case))
    put_dates(case, running, book)
    return running


def put_dates(case: Case, running: Sequence[Running], book: Book) -> None:
    """Store on a case what its running clocks say."""
    theirs = [one for one in running if _is_owed_by(one, case.unit_code, book)]
    first = theirs[0] if theirs else None
    case.due_on = first.working.due_on if first else NO_DUE_DATE
    case.due_clock = first.clock if first else ""
    told = clocks.told_to_reporter(running)
    if told:
        case.answer_by = told.working.due_on
