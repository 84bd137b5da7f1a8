"""When the calendar changes, running dates move: which ones, and moving them with an event each.

Nothing here commits. A case is counted from its events as at any other time, so that counting it
twice moves it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from intake.cases.case import NO_DUE_DATE, Case
from intake.cases.event import IS_READING, Event, record
from intake.cases.recount import Recount
from intake.dates import as_happened, clocks_of, put_dates
from intake.rules.clocks import Running, told_to_reporter
from intake.rules.lifecycle import OPEN_STATES
from intake.rules.pauses import Happened
from portal.campaign.book import Book
from portal.foundation import clock


@dataclass(frozen=True)
class Move:
    """A date that changes: of which clock, from which day to which."""

    clock: str
    former: date
    due_on: date


def count_again(session: Session, from_day: date) -> None:
    """Note that dates from a day on are to be counted again. What another change of the calendar
    left undone is begun anew with it."""
    now = clock.now()
    waiting = session.get(Recount, 1, with_for_update=True, populate_existing=True)
    if waiting is None:
        session.add(Recount(id=1, from_day=from_day, done_to=0, loaded_at=now, again=False))
    else:
        waiting.from_day = min(from_day, waiting.from_day)
        waiting.done_to, waiting.loaded_at, waiting.again = 0, now, False
    session.flush()


def may_move(from_day: date) -> ColumnElement[bool]:
    """The condition under which a case's dates can change when days from `from_day` on do: a day
    after a due date has no part in it."""
    runs = and_(Case.due_on >= from_day, Case.due_on != NO_DUE_DATE)
    return and_(Case.state.in_(OPEN_STATES), or_(runs, Case.answer_by >= from_day))


def cases_after(
    session: Session, case_id: int, condition: ColumnElement[bool], most: int
) -> list[Case]:
    """The next cases by id that fulfil a condition, as copies: what is put on them isn't stored."""
    wanted = select(Case).where(Case.id > case_id, condition).order_by(Case.id).limit(most)
    cases = list(session.scalars(wanted))
    session.expunge_all()
    return cases


def put_moved(session: Session, cases: Sequence[Case], book: Book) -> dict[int, Move]:
    """Count cases by a book's calendar and put the dates on them. Returns, by case id, what
    changed: the desk's date, else the one told to the reporter."""
    events = _happened_to(session, [case.id for case in cases])
    moved: dict[int, Move] = {}
    # Many cases of one day have the same clocks, and counting days is most of the work.
    known: dict[Hashable, tuple[Running, ...]] = {}
    for case in cases:
        alike = (case.kind, case.identity, tuple(events[case.id]))
        if alike not in known:
            known[alike] = clocks_of(book, case.kind, case.identity, events[case.id])
        running = known[alike]
        due_on, answer_by = case.due_on, case.answer_by
        put_dates(case, running, book)
        told = told_to_reporter(running)
        if case.due_on != due_on:
            moved[case.id] = Move(case.due_clock, due_on, case.due_on)
        elif case.answer_by != answer_by and told:
            moved[case.id] = Move(told.clock, answer_by, case.answer_by)
    return moved


def move_dates(session: Session, case_ids: Iterable[int], book: Book) -> int:
    """Move the dates of these cases, as far as they are still open and still move. Returns how many
    did. The version stays: nobody's writing is in the way of a date."""
    wanted = select(Case).where(Case.id.in_(list(case_ids)), Case.state.in_(OPEN_STATES))
    held = session.scalars(wanted.order_by(Case.id).with_for_update()).all()
    moved = put_moved(session, held, book)
    for case_id, move in moved.items():
        record(
            session,
            "dates_moved",
            case_id=case_id,
            clock=move.clock,
            former=move.former.isoformat(),
            due_on=move.due_on.isoformat(),
        )
    session.flush()
    return len(moved)


def _happened_to(session: Session, case_ids: Sequence[int]) -> Mapping[int, list[Happened]]:
    found: dict[int, list[Happened]] = defaultdict(list)
    stored = (
        select(Event.case_id, Event.name, Event.happened_at, Event.facts)
        .where(Event.case_id.in_(case_ids), ~IS_READING)
        .order_by(Event.case_id, Event.seq)
    )
    for case_id, name, at, facts in session.execute(stored):
        found[case_id].append(as_happened(name, at, facts))
    return found
