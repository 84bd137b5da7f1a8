"""The supervision of one case as its page shows it: what was demanded and said, by when, what is
suggested, and what somebody may do about it now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.due_words import CLOCK_WORDS, Clock, clock_words
from admin.desk.entries import Entry, dated, names_of_staff
from admin.desk.hand import Hand, decider_of
from admin.supervision.entry import SupervisionEntry
from admin.supervision.suggesting import waiting
from admin.supervision.suggestion import Suggestion
from admin.supervision.supervising import may_close
from admin.supervision.supervision import Supervision
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.correspondence import Letter, read_as_unit
from intake.dates import clocks_of, happened
from intake.rules.given_dates import SUPERVISION
from portal.campaign.book import Book
from portal.campaign.supervision_rule import Trigger
from portal.foundation import clock, formats
from portal.foundation.clock import day_of


@dataclass(frozen=True)
class Sheet:
    """One supervision with its log, of which a unit that just got the case reads nothing until its
    keys were handed on. `clock` is None once it is closed, and while the case is over."""

    supervision: Supervision
    opener: str
    closer: str
    clock: Clock | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class SupervisionFile:
    """What one person may read about the supervision of one case, and which steps he may take.
    `earlier` are closed, the newest first; `suggested` says why the office might supervise it."""

    case: Case
    current: Sheet | None
    earlier: tuple[Sheet, ...]
    suggested: tuple[str, ...]
    suggested_trigger: Trigger | None
    decides: bool
    steps: frozenset[str]


def file_of(session: Session, case: Case, hand: Hand) -> SupervisionFile:
    """The file of a case that somebody may see."""
    sheets = list(_sheets(session, case, hand))
    now_open = next((one for one in sheets if one.supervision.closed_at is None), None)
    decider = decider_of(session, case, hand.book)
    decides = hand.access.decides(decider)
    found = waiting(session, case) if decides and case.state.is_open else []
    steps = _decides(case, hand, now_open, decider) if decides else _has_it(case, hand, now_open)
    return SupervisionFile(
        case=case,
        current=now_open,
        earlier=tuple(one for one in sheets if one.supervision.closed_at),
        suggested=tuple(why(one, hand.book) for one in found),
        suggested_trigger=found[0].trigger if found else None,
        decides=decides,
        steps=frozenset([*steps, *(["dismiss"] if found else [])]),
    )


def why(suggestion: Suggestion, book: Book) -> str:
    """Why supervision is suggested, in words."""
    if suggestion.trigger is Trigger.RETURNED:
        return f"退单{suggestion.times}次"
    if suggestion.trigger is Trigger.REPEATED:
        return f"来件人{suggestion.times}次要求再看一次"
    late = _worked_between(suggestion.due_on, day_of(suggestion.made_at), book)
    name = CLOCK_WORDS.get(suggestion.clock, "")
    return f"{name}超期满{late}个工作日（{formats.day(suggestion.due_on)}到期）"


def _worked_between(due_on: date, made_on: date, book: Book) -> int:
    """The working days that were let pass: after the due date and before the other day."""
    between = (due_on + timedelta(n) for n in range(1, (made_on - due_on).days))
    return sum(book.calendar.is_working(day) for day in between)


def _decides(case: Case, hand: Hand, now_open: Sheet | None, decider: str) -> Iterator[str]:
    if now_open is None:
        if case.state.is_open:
            yield "open"
        return
    yield from ("check", "extend")
    if may_close(now_open.supervision, hand, decider):
        yield "close"


def _has_it(case: Case, hand: Hand, now_open: Sheet | None) -> Iterator[str]:
    if now_open and case.unit_code in hand.access.desks:
        yield "progress"


def _sheets(session: Session, case: Case, hand: Hand) -> Iterator[Sheet]:
    """Every supervision of a case, the newest first."""
    wanted = select(Supervision).where(Supervision.case_id == case.id)
    found = session.scalars(wanted.order_by(Supervision.id.desc())).all()
    if not found:
        return
    names = names_of_staff(session)
    logs = _logs(session, case, hand, names, [one.id for one in found])
    for one in found:
        yield Sheet(
            supervision=one,
            opener=names.get(one.opened_by, ""),
            closer=names.get(one.closed_by or 0, ""),
            clock=None if one.closed_at else _clock(session, case, hand.book),
            entries=tuple(logs[one.id]),
        )


def _logs(
    session: Session, case: Case, hand: Hand, names: Mapping[int, str], ids: Sequence[int]
) -> Mapping[int, list[Entry]]:
    letters = _letters(session, case, hand)
    logs: dict[int, list[Entry]] = {one: [] for one in ids}
    wanted = select(SupervisionEntry).where(SupervisionEntry.supervision_id.in_(ids))
    for entry in session.scalars(wanted.order_by(SupervisionEntry.message_id)):
        letter = letters.get(entry.message_id)
        if letter:
            who = names.get(letter.staff_id or 0)
            line = dated(case, entry.kind.official, letter.written_at, who, letter.text)
            logs[entry.supervision_id].append(line)
    return logs


def _letters(session: Session, case: Case, hand: Hand) -> dict[int, Letter]:
    kinds = [MessageKind.SUPERVISION]
    return {one.id: one for one in read_as_unit(session, case, hand.access.openers, kinds)}


def _clock(session: Session, case: Case, book: Book) -> Clock | None:
    running = clocks_of(book, case.kind, case.identity, happened(session, case))
    return next((clock_words(x, clock.today()) for x in running if x.clock == SUPERVISION), None)
