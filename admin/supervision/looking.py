"""Looking for what suggests supervision: the worker goes through what is long overdue, and through
the events that came since it looked last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from admin.supervision.causes import ASKS_AGAIN, Cause, counted, overdue_since
from admin.supervision.seen_events import SeenEvents
from admin.supervision.suggesting import suggest
from admin.supervision.suggestion import Suggestion
from intake.cases.case import Case
from intake.cases.event import Event, EventHead
from intake.dates import happened
from intake.repeats import repeats_before
from intake.rules.given_dates import SUPERVISION
from intake.rules.lifecycle import OPEN_STATES
from portal.campaign.book import Book, book
from portal.campaign.supervision_rule import SupervisionRule, Trigger
from portal.foundation import clock
from portal.foundation.database import Database

# Few enough that nobody waits long for his turn at writing.
_CASES_AT_ONCE = 50
_EVENTS_AT_ONCE = 500
_COUNTED = ASKS_AGAIN | {"returned", "linked"}


def look_for_causes(database: Database) -> None:
    """Suggest supervision wherever the campaign's rule says so; nothing is looked at twice."""
    while _suggest_for_overdue(database):
        pass
    while _suggest_for_events(database):
        pass


def _suggest_for_overdue(database: Database) -> bool:
    """Whether there was anything. It is looked for without a turn at writing, since mostly there
    isn't."""
    with database.reading() as session:
        if not _long_overdue(session, book(session)):
            return False
    with database.writing() as session:
        for case in _long_overdue(session, book(session), to_change=True):
            suggest(session, case, Cause(Trigger.OVERDUE, case.due_clock, case.due_on))
    return True


def _suggest_for_events(database: Database) -> bool:
    with database.reading() as session:
        seen = session.get(SeenEvents, 1)
        newest = session.scalar(select(EventHead.seq)) or 0
        if newest <= (seen.seq if seen else 0):
            return False
    with database.writing() as session:
        seen = session.get(SeenEvents, 1, with_for_update=True)
        if seen is None:
            seen = SeenEvents(seq=0)
            session.add(seen)
        _look_at_some(session, seen, book(session))
    return True


def _look_at_some(session: Session, seen: SeenEvents, campaign_book: Book) -> None:
    some = select(Event.seq, Event.name, Event.case_id).where(Event.seq > seen.seq)
    rows = session.execute(some.order_by(Event.seq).limit(_EVENTS_AT_ONCE)).all()
    ids = {row.case_id for row in rows if row.name in _COUNTED}
    rule = SupervisionRule.of(campaign_book.campaign.supervision)
    cases = select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
    for case in session.scalars(cases).all():
        names = [one.name for one in happened(session, case)]
        earlier = repeats_before(session, case) if case.repeat else 0
        for cause in counted(rule, returns=case.returns, events=names, earlier=earlier):
            suggest(session, case, cause)
    seen.seq = rows[-1].seq if rows else seen.seq


def _long_overdue(
    session: Session, campaign_book: Book, *, to_change: bool = False
) -> Sequence[Case]:
    """Cases that are overdue for so long, and that this wasn't said of."""
    rule = SupervisionRule.of(campaign_book.campaign.supervision)
    last = overdue_since(rule, clock.today(), campaign_book.calendar)
    if last is None:
        return ()
    wanted = _overdue_until(last).limit(_CASES_AT_ONCE if to_change else 1)
    return session.scalars(wanted.with_for_update(of=Case) if to_change else wanted).all()


def _overdue_until(last: date) -> Select[Any]:
    said = select(Suggestion.id).where(
        Suggestion.case_id == Case.id,
        Suggestion.trigger == Trigger.OVERDUE,
        Suggestion.clock == Case.due_clock,
        Suggestion.due_on == Case.due_on,
    )
    return select(Case).where(
        Case.state.in_(OPEN_STATES),
        Case.due_on <= last,
        # What is supervised already needn't be suggested for being late with that.
        Case.due_clock != SUPERVISION,
        ~said.exists(),
    )
