"""One case as its page shows it: what this person may read of it, its clocks, and what may be done
now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, find_case, visible
from admin.desk import assisting, event_words
from admin.desk.allowed import acts_allowed
from admin.desk.due_words import Clock, clock_words
from admin.desk.entries import (
    CONVERSATION,
    INTERNAL,
    Entry,
    events_as_entries,
    letters_as_entries,
    names_of_staff,
)
from admin.desk.recusing import barred_by_words
from admin.desk.splitting import family_of
from intake.cases.assistance import Assistance
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.correspondence import Letter, handling_of, read_as_unit
from intake.dates import clocks_of, happened
from intake.decision import Kept
from intake.rules.lifecycle import MOVES, State
from portal.campaign.book import Book
from portal.foundation import clock

# Everything but the contact, which is opened on its own, with a reason.
_READ = tuple(kind for kind in MessageKind if kind is not MessageKind.CONTACT)
_WAITING = frozenset({State.REGISTERED, State.RETURNED})


@dataclass(frozen=True)
class CaseFile:
    """What one person may read of one case. `words` is None where only the extract is his to read,
    `decision` where he doesn't decide; `family` are the cases split from the same message, of those
    that he may see. `waits`: somebody has to give it to a unit."""

    case: Case
    words: str | None
    extract: str | None
    accused: str | None
    beneficiary: str | None
    because: tuple[str, ...]
    evidence: tuple[str, ...]
    decision: Kept | None
    draft: Letter | None
    conversation: tuple[Entry, ...]
    internal: tuple[Entry, ...]
    events: tuple[Entry, ...]
    clocks: tuple[Clock, ...]
    barred: tuple[str, ...]
    barred_by_words: tuple[str, ...]
    may_be_barred: tuple[str, ...]
    assisting: tuple[Assistance, ...]
    family: tuple[Case, ...]
    waits: bool
    may_be_given: bool
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
    names = names_of_staff(session)
    last = {letter.kind: letter.text for letter in letters}
    draft = next((x for x in reversed(letters) if x.kind is MessageKind.DRAFT), None)
    shown = draft if case.state is State.DRAFTED else None
    said = [x for x in letters if x.kind in CONVERSATION]
    written = [x for x in letters if x.kind in INTERNAL and x is not shown]
    decision = last.get(MessageKind.DECISION)
    barred = handling_of(session, case, book).barred
    by_words = barred_by_words(session, case)
    return CaseFile(
        case=case,
        words=last.get(MessageKind.WORDS),
        extract=last.get(MessageKind.EXTRACT),
        accused=last.get(MessageKind.ACCUSED),
        beneficiary=last.get(MessageKind.BENEFICIARY),
        because=tuple(last.get(MessageKind.BECAUSE, "").splitlines()),
        evidence=tuple(last.get(MessageKind.EVIDENCE, "").splitlines()),
        decision=Kept.from_text(decision) if decision else None,
        draft=draft,
        conversation=letters_as_entries(case, said, names),
        internal=letters_as_entries(case, written, names),
        events=tuple(events_as_entries(session, access, book, case, names)),
        clocks=tuple(_clocks(session, access, book, case)),
        barred=tuple(book.unit_name(code) for code in _named(session, case, book)),
        barred_by_words=tuple(code for code in book.units if code in by_words),
        may_be_barred=tuple(code for code in book.units if code not in barred),
        assisting=tuple(assisting.all_of(session, case)),
        family=tuple(family_of(session, case, visible(access))),
        waits=case.state in _WAITING,
        may_be_given=case.state in MOVES["assign"].sources,
        acts=acts_allowed(session, case, access, book, draft),
    )


def units_to_choose(session: Session, case: Case, book: Book) -> list[str]:
    """The units that a case may be given to: with a desk, not the present one, not barred."""
    barred = handling_of(session, case, book).barred
    return [
        unit.code
        for unit in book.units.values()
        if unit.desk and unit.code not in barred and unit.code != case.unit_code
    ]


def units_to_ask(session: Session, case: Case, book: Book) -> list[str]:
    """The units that may be asked to help."""
    asked = assisting.asked_units(session, case)
    return [code for code in units_to_choose(session, case, book) if code not in asked]


def units_that_help(session: Session, case: Case, _book: Book) -> list[str]:
    """The units whose help hasn't come yet."""
    return [one.unit_code for one in assisting.running(session, case)]


def units_to_bar(session: Session, case: Case, book: Book) -> list[str]:
    """The units that are not barred from a case yet."""
    barred = handling_of(session, case, book).barred
    return [code for code in book.units if code not in barred]


def units_to_free(session: Session, case: Case, book: Book) -> list[str]:
    """The units that only the rules took for accused."""
    barred = barred_by_words(session, case)
    return [code for code in book.units if code in barred]


def _clocks(session: Session, access: Access, book: Book, case: Case) -> list[Clock]:
    """The running clocks, the earliest first; to a unit the office's own one comes last."""
    running = clocks_of(book, case.kind, case.identity, happened(session, case))
    others = [one for one in running if one.clock != "office_look"]
    looks = [one for one in running if one.clock == "office_look"]
    today = clock.today()
    return [clock_words(one, today) for one in (running if access.as_office else others + looks)]


def _named(session: Session, case: Case, book: Book) -> list[str]:
    named = session.scalars(
        select(Bar.unit_code).where(Bar.case_id == case.id, Bar.unit_code.is_not(None), Bar.named)
    )
    return event_words.topmost(frozenset(code for code in named if code), book)
