"""Reading on in the chain of events, and keeping the milestones that figures count.

The worker does it in small steps. Each notes how far it came in the same transaction, so that an
event is counted once, wherever the worker is killed; from an empty table it counts all anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import case, insert, select
from sqlalchemy.orm import Session

from admin.figures.milestone import CountedTo, Milestone
from admin.figures.steps import Life
from intake.cases.case import Case
from intake.cases.event import IS_READING, Event
from intake.dates import as_happened
from intake.rules.pauses import Happened
from portal.campaign.book import Book, book
from portal.foundation.database import Database

_AT_ONCE = 500


def count_milestones(database: Database, *, most: int = _AT_ONCE) -> int:
    """Read the chain to its end, `most` events at a time; returns how many milestones were new."""
    found = 0
    while True:
        with database.writing() as session:
            place = session.get(CountedTo, 1, with_for_update=True)
            if place is None:
                session.add(place := CountedTo(id=1, seq=0))
            after = place.seq
            # What somebody read is no step of a case, but it is read past.
            case_id = case((~IS_READING, Event.case_id))
            some = select(Event.seq, case_id).where(Event.seq > after)
            events = session.execute(some.order_by(Event.seq).limit(most)).all()
            if not events:
                return found
            place.seq = events[-1].seq
            found += _count(session, events, book(session))


def _count(session: Session, events: Sequence[Any], here: Book) -> int:
    """Store the milestones among some events."""
    fresh = {seq for seq, case_id in events if case_id is not None}
    lives = _lives(session, {case_id for _, case_id in events if case_id is not None})
    rows = [
        {
            "case_id": case_id,
            "unit_code": one.unit_code,
            "step": one.step,
            "happened_on": one.on,
            "due_on": one.due_on,
            "extended": one.extended,
        }
        for case_id, (life, places) in lives.items()
        for at, seq in enumerate(places)
        if seq in fresh
        for one in life.passed_at(at, here)
        if one.unit_code
    ]
    if rows:
        session.execute(insert(Milestone), rows)
    return len(rows)


def _lives(session: Session, case_ids: Collection[int]) -> Mapping[int, tuple[Life, list[int]]]:
    """The lives of some cases, with each event's place in the chain."""
    happened: dict[int, list[Happened]] = defaultdict(list)
    places: dict[int, list[int]] = defaultdict(list)
    of_cases = select(Event).where(Event.case_id.in_(case_ids), ~IS_READING)
    for event in session.scalars(of_cases.order_by(Event.seq)):
        if event.case_id is not None:
            happened[event.case_id].append(as_happened(event.name, event.happened_at, event.facts))
            places[event.case_id].append(event.seq)
    return {
        case_id: (Life(kind, identity, happened[case_id]), places[case_id])
        for case_id, kind, identity in _kinds(session, case_ids)
    }


def _kinds(session: Session, case_ids: Collection[int]) -> Iterator[Any]:
    wanted = select(Case.id, Case.kind, Case.identity).where(Case.id.in_(case_ids))
    yield from session.execute(wanted.order_by(Case.id))
