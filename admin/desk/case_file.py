"""One case as its page shows it: what this person may read of it, its clocks, and what may be done
now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, find_case
from admin.desk import event_words
from admin.desk.allowed import acts_allowed
from admin.desk.due_words import Clock, clock_words
from admin.desk.freeing import barred_by_words
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.event import Event
from intake.cases.message import MessageKind
from intake.correspondence import Letter, handling_of, read_as_unit
from intake.dates import clocks_of, happened
from intake.rules.lifecycle import State
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.formats import moment, moment_day
from portal.foundation.staff import Staff

# Everything but the contact, which is opened on its own, with a reason.
_READ = tuple(kind for kind in MessageKind if kind is not MessageKind.CONTACT)
_CONVERSATION = frozenset({MessageKind.SUPPLEMENT, MessageKind.REPLY})
_INTERNAL = frozenset({MessageKind.NOTE, MessageKind.REASON, MessageKind.DRAFT})
_LETTER_TITLES = {
    MessageKind.SUPPLEMENT: "来件人补充",
    MessageKind.REPLY: "答复",
    MessageKind.NOTE: "记事",
    MessageKind.REASON: "理由",
    MessageKind.DRAFT: "拟的答复",
}


@dataclass(frozen=True)
class Entry:
    """A letter or an event with its writer and its time, which for a tip-off is only a day."""

    title: str
    date: date
    when: str
    who: str | None
    body: str | None


@dataclass(frozen=True)
class CaseFile:
    """What one person may read of one case. `words` is None where only the extract is his to
    read."""

    case: Case
    words: str | None
    extract: str | None
    accused: str | None
    beneficiary: str | None
    because: tuple[str, ...]
    draft: Letter | None
    conversation: tuple[Entry, ...]
    internal: tuple[Entry, ...]
    events: tuple[Entry, ...]
    clocks: tuple[Clock, ...]
    barred: tuple[str, ...]
    acts: frozenset[str]


def read_case(session: Session, access: Access, book: Book, number: str) -> CaseFile:
    """A case's file.

    Raises:
        NoSuchCase: it doesn't exist, or not for this person.
    """
    case = find_case(session, access, number)
    letters = read_as_unit(session, case, access.openers, _READ)
    return file_of(session, access, book, case, letters)


def file_of(
    session: Session, access: Access, book: Book, case: Case, letters: Sequence[Letter]
) -> CaseFile:
    """The file of a case whose letters were opened."""
    names = {
        row.id: row.display_name for row in session.execute(select(Staff.id, Staff.display_name))
    }
    last = {letter.kind: letter for letter in letters}
    draft = last.get(MessageKind.DRAFT)
    shown = draft if case.state is State.DRAFTED else None
    named = _named(session, case)
    return CaseFile(
        case=case,
        words=_text(last.get(MessageKind.WORDS)),
        extract=_text(last.get(MessageKind.EXTRACT)),
        accused=_text(last.get(MessageKind.ACCUSED)),
        beneficiary=_text(last.get(MessageKind.BENEFICIARY)),
        because=tuple((_text(last.get(MessageKind.BECAUSE)) or "").splitlines()),
        draft=draft,
        conversation=tuple(_entry(case, x, names) for x in letters if x.kind in _CONVERSATION),
        internal=tuple(
            _entry(case, x, names) for x in letters if x.kind in _INTERNAL and x is not shown
        ),
        events=tuple(_events(session, access, book, case, names)),
        clocks=tuple(_clocks(session, access, book, case)),
        barred=tuple(book.unit_name(code) for code in event_words.topmost(named, book)),
        acts=acts_allowed(session, case, access, book, draft),
    )


def _clocks(session: Session, access: Access, book: Book, case: Case) -> list[Clock]:
    """The running clocks, the earliest first; to a unit the office's own one comes last."""
    running = clocks_of(book, case.kind, case.identity, happened(session, case))
    others = [one for one in running if one.clock != "office_look"]
    looks = [one for one in running if one.clock == "office_look"]
    today = clock.today()
    return [clock_words(one, today) for one in (running if access.as_office else others + looks)]


def units_to_choose(session: Session, case: Case, book: Book) -> list[str]:
    """The units that a case may be assigned to: with a desk, not the present one, not barred."""
    barred = handling_of(session, case, book).barred
    return [
        unit.code
        for unit in book.units.values()
        if unit.desk and unit.code not in barred and unit.code != case.unit_code
    ]


def units_to_bar(session: Session, case: Case, book: Book) -> list[str]:
    """The units that are not barred from a case yet."""
    barred = handling_of(session, case, book).barred
    return [code for code in book.units if code not in barred]


def units_to_free(session: Session, case: Case, book: Book) -> list[str]:
    """The units that only the rules took for accused."""
    barred = barred_by_words(session, case)
    return [code for code in book.units if code in barred]


def _named(session: Session, case: Case) -> frozenset[str]:
    named = session.scalars(
        select(Bar.unit_code).where(Bar.case_id == case.id, Bar.unit_code.is_not(None), Bar.named)
    )
    return frozenset(code for code in named if code)


def _events(
    session: Session, access: Access, book: Book, case: Case, names: dict[int, str]
) -> list[Entry]:
    """What happened, newest first, in words."""
    found = []
    for event in session.scalars(
        select(Event).where(Event.case_id == case.id).order_by(Event.seq.desc())
    ):
        title = event_words.title_of(event.name, event.facts, book)
        if title is None or not _may_read(event, access):
            continue
        body = event_words.body_of(event.name, event.facts, book)
        who = names.get(event.staff_id) if event.staff_id else None
        found.append(_dated(case, title, event.happened_at, who, body))
    return found


def _may_read(event: Event, access: Access) -> bool:
    """Whether somebody reads of an event; a freed unit doesn't learn there that it was barred."""
    if access.as_office:
        return True
    barred = set(event.facts.get("units", ())) if event.name == "barred" else set()
    return event.name not in event_words.FOR_THE_OFFICE and not barred & access.units


def _entry(case: Case, letter: Letter, names: dict[int, str]) -> Entry:
    who = names.get(letter.staff_id) if letter.staff_id else None
    return _dated(case, _LETTER_TITLES[letter.kind], letter.written_at, who, letter.text)


def _dated(case: Case, title: str, at: datetime, who: str | None, body: str | None) -> Entry:
    when = moment_day(at) if case.is_tip_off else moment(at)
    return Entry(title=title, date=day_of(at), when=when, who=who, body=body)


def _text(letter: Letter | None) -> str | None:
    return letter.text if letter else None
