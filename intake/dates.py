"""A case's dates, counted from its events: what is due next, and by when the reporter hears from
us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from intake.cases.case import NO_DUE_DATE, Case, Identity
from intake.cases.event import IS_READING, Event, pending
from intake.rules import clocks
from intake.rules.clocks import Running, Spell
from intake.rules.deadlines import due
from intake.rules.formal_documents import DocumentKind
from intake.rules.lifecycle import State
from intake.rules.pauses import Happened
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.database import remembered

# What the office owes: no unit that has the case is measured by it, or reads of it.
OFFICE_CLOCKS = frozenset({"office_look", "refer", "tell_result"})
# Of these not even the case's page speaks to a unit: they tell what became of an accusation.
SEALED_CLOCKS = frozenset({"refer", "tell_result"})
# What tells a reporter in writing whether his case is taken on.
_NOTICES = frozenset({DocumentKind.ACCEPTANCE, DocumentKind.NON_ACCEPTANCE})
# Put together once: every act and every page of a case asks it.
_STORED = (
    select(Event.name, Event.happened_at, Event.facts)
    .where(Event.case_id == bindparam("case_id"), ~IS_READING)
    .order_by(Event.seq)
)


def happened(session: Session, case: Case) -> list[Happened]:
    """What happened to a case, this transaction's events included."""
    asked = {"case_id": case.id}
    stored = remembered(
        session, ("happened", case.id), lambda: session.execute(_STORED, asked).all()
    )
    waiting = [(one.name, one.happened_at, one.facts) for one in pending(session, case.id)]
    return [as_happened(*one) for one in [*stored, *waiting]]


def as_happened(name: str, at: datetime, facts: Mapping[str, Any]) -> Happened:
    """An event as clocks want to know it. A part that was split from a case counts from the day on
    which its reporter sent the whole; what staff write down afterwards, from the day on which it
    was."""
    if name == "split_off":
        return Happened("registered", date.fromisoformat(facts["received_on"]))
    on = date.fromisoformat(facts["on"]) if "on" in facts else day_of(at)
    return Happened(_of_document(name, str(facts.get("kind", ""))), on, facts)


def _of_document(name: str, kind: str) -> str:
    """An event of a formal document as clocks call it. The days for a review count from the
    delivery of the opinion (信访工作条例 35), and what was said in writing needn't be said again
    (23)."""
    if name == "delivered" and kind != DocumentKind.HANDLING_OPINION:
        return "handed_out"
    if name == "document_issued" and kind in _NOTICES:
        return "notified"
    return name


def clocks_of(
    book: Book, kind: Kind, identity: Identity, events: Sequence[Happened]
) -> tuple[Running, ...]:
    """The clocks that run for a case of some kind after these events."""
    named = identity is Identity.REAL_NAME
    return clocks.running(events, list(_spells(book, kind, events)), book.calendar, named=named)


def _spells(book: Book, kind: Kind, events: Sequence[Happened]) -> Iterator[Spell]:
    """The kinds that a case has been of, `kind` being the present one."""
    changes = [one for one in events if one.name == "kind_changed"]
    since = None
    for change in changes:
        yield Spell(book.limits_for(Kind(change.facts["former"])), since)
        since = change.on
    yield Spell(book.limits_for(kind), since)


def _is_owed_by(one: Running, unit_code: str, book: Book) -> bool:
    """Nobody owes what is somebody's right, and the first look and a referral are the office's own:
    a unit's queue isn't sorted by them."""
    ours = one.clock not in OFFICE_CLOCKS or unit_code == book.campaign.office_code
    return one.is_owed and ours


def usual_day(book: Book, kind: Kind, name: str) -> date | None:
    """The Shanghai day on which a clock that starts today would be due by the campaign's time
    limits; None where it has none for this kind."""
    found = [
        due(rule.limit, rule.in_working_days, clock.today(), book.calendar).due_on
        for rule in book.limits_for(kind)
        if rule.clock == name
    ]
    return min(found, default=None)


def latest_limit(book: Book, kind: Kind, name: str, events: Sequence[Happened]) -> date | None:
    """Until when something may still be done: the last Shanghai day that any of its limits allows,
    law or promise; None where it doesn't run."""
    found = [
        one.working.due_on
        for rule in book.limits_for(kind)
        if rule.clock == name
        for one in clocks.running(events, [Spell([rule])], book.calendar, named=True)
        if one.clock == name
    ]
    return max(found, default=None)


def waits_for_correction(session: Session, case: Case) -> date | None:
    """Until which Shanghai day an applicant may correct his application; None where nobody waits
    for that (政府信息公开条例 30)."""
    until: date | None = None
    for one in happened(session, case):
        if one.name == "correction_asked":
            until = date.fromisoformat(one.facts["until"])
        elif one.name == "correction_received":
            until = None
    return until


def set_dates(session: Session, case: Case, book: Book) -> tuple[Running, ...]:
    """Count a case's dates again and store them for sorting."""
    running = clocks_of(book, case.kind, case.identity, happened(session, case))
    put_dates(case, running, book)
    return running


def told_clock(book: Book, case: Case, events: Sequence[Happened]) -> Running | None:
    """The date that the reporter of a case is told, after these events. What he was promised holds
    while his case is handled with another one."""
    if case.state is not State.MERGED:
        return clocks.told_to_reporter(clocks_of(book, case.kind, case.identity, events))
    alone = [one for one in events if one.name != "merged"]
    return clocks.answer_promised(clocks_of(book, case.kind, case.identity, alone))


def put_dates(case: Case, running: Sequence[Running], book: Book) -> None:
    """Store on a case what its running clocks say."""
    theirs = [one for one in running if _is_owed_by(one, case.unit_code, book)]
    first = theirs[0] if theirs else None
    case.due_on = first.working.due_on if first else NO_DUE_DATE
    case.due_clock = first.clock if first else ""
    told = clocks.told_to_reporter(running)
    if told:
        case.answer_by = told.working.due_on
    case.watch_on = watched_on(running, clock.today(), book)


def watched_on(running: Sequence[Running], today: date, book: Book) -> date:
    """The next Shanghai day on which somebody has to be reminded of a date, or it is over."""
    coming = (
        day
        for one in running
        if one.is_owed
        for day in [
            *reminding_days(one.working.due_on, book).values(),
            one.working.due_on + timedelta(days=1),
        ]
        if day > today
    )
    return min(coming, default=NO_DUE_DATE)


def reminding_days(due_on: date, book: Book) -> dict[int, date]:
    """On which Shanghai days somebody is reminded of a date, by how many working days they lie
    before (negative) or after it."""
    return {n: _working_days_from(due_on, n, book) for n in book.campaign.reminders.get("days", [])}


def _working_days_from(day: date, count: int, book: Book) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= book.calendar.is_working(day)
    return day
