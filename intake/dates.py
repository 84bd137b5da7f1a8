"""A case's dates, counted from its events: what is due next, and by when the reporter hears from
us."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import NO_DUE_DATE, Case, Identity
from intake.cases.event import Event, pending
from intake.rules import clocks
from intake.rules.clocks import Happened, Running
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation.clock import day_of


def happened(session: Session, case: Case) -> list[Happened]:
    """What happened to a case, this transaction's events included."""
    stored = session.execute(
        select(Event.name, Event.happened_at).where(Event.case_id == case.id).order_by(Event.seq)
    ).all()
    waiting = [(one.name, one.happened_at) for one in pending(session, case.id)]
    return [Happened(name, day_of(at)) for name, at in [*stored, *waiting]]


def clocks_of(
    book: Book, kind: Kind, identity: Identity, events: Sequence[Happened]
) -> tuple[Running, ...]:
    """The clocks that run for a case of some kind after these events."""
    named = identity is Identity.REAL_NAME
    return clocks.running(events, book.limits_for(kind), book.calendar, named=named)


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
