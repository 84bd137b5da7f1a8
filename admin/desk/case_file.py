"""One case as its page shows it: what this person may read of it, its clocks, and what may be done
now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, find_case, visible
from admin.desk import assisting, event_words, verifying
from admin.desk.allowed import acts_allowed
from admin.desk.due_words import Clock, clock_words
from admin.desk.entries import (
    CONVERSATION,
    INTERNAL,
    Entry,
    events_as_entries,
    letters_as_entries,
    names_of_staff,
    notes_as_entries,
)
from admin.desk.order_facts import OrderFacts, order_facts
from admin.desk.own_note import own_notes
from admin.desk.recusing import Accused, barred_by_rules, own_units
from admin.desk.reporting_back import present_turn
from admin.desk.splitting import family_of
from admin.desk.target import Target, targets
from admin.desk.ties import Ties
from admin.desk.to_decide import ToDecide
from intake.cases.assignment import Assignment
from intake.cases.assistance import Assistance
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.message import TELLS_WHO_HE_IS, MessageKind
from intake.cases.verification import Verification
from intake.correspondence import Letter, accused_in, handling_of, read_as_unit
from intake.dates import SEALED_CLOCKS, clocks_of, happened
from intake.decision import Kept
from intake.enclosing import Enclosed
from intake.rules.lifecycle import State
from intake.vault.holders import Handling
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind
from portal.foundation import clock
from portal.foundation.staff import AT_A_DESK, Post, Staff

# Everything but what tells who the reporter is, which is opened on its own, with a reason.
READ = tuple(kind for kind in MessageKind if kind not in TELLS_WHO_HE_IS)
_DRAFTED = frozenset({State.DRAFTED, State.REVIEWED})
_REFERRED_TO = frozenset({UnitKind.DISCIPLINE, UnitKind.AUDIT})


@dataclass(frozen=True)
class CaseFile:
    """What one person may read of one case. `words` is None where only the extract is his to read,
    `decision` where he doesn't decide; `files` came with the words; `family` are the cases split
    from the same message, of those that he may see, `ties` what it is handled or linked with,
    `own_notes` what he noted for himself. `turn` is that of the unit that has the case.
    `known_barred` are the units that he may know to be barred."""

    case: Case
    words: str | None
    files: tuple[Enclosed, ...]
    extract: str | None
    accused: str | None
    beneficiary: str | None
    because: tuple[str, ...]
    evidence: tuple[str, ...]
    decision: Kept | None
    draft: Letter | None
    conversation: tuple[Entry, ...]
    internal: tuple[Entry, ...]
    own_notes: tuple[Entry, ...]
    events: tuple[Entry, ...]
    clocks: tuple[Clock, ...]
    barred: tuple[str, ...]
    known_barred: frozenset[str]
    freeable: tuple[Target, ...]
    may_be_barred: tuple[Target, ...]
    turn: Assignment | None
    assisting: tuple[Assistance, ...]
    verifying: tuple[Verification, ...]
    family: tuple[Case, ...]
    ties: Ties
    to_decide: ToDecide
    order: OrderFacts | None
    acts: frozenset[str]


def read_case(session: Session, access: Access, book: Book, number: str) -> CaseFile:
    """A case's file.

    Raises:
        NoSuchCase: it doesn't exist, or not for this person.
    """
    case = find_case(session, access, number)
    letters = read_as_unit(session, case, access.openers, READ)
    return file_of(session, access, book, case, letters)


def file_of(
    session: Session, access: Access, book: Book, case: Case, letters: Sequence[Letter]
) -> CaseFile:
    """The file of a case whose letters were opened."""
    names = names_of_staff(session)
    draft = _draft(session, case, letters)
    shown = draft if case.state in _DRAFTED else None
    said = [x for x in letters if x.kind in CONVERSATION]
    written = [x for x in letters if x.kind in INTERNAL and x is not shown]
    handling = handling_of(session, case, book)
    decides = access.decides(handling.decider)
    return CaseFile(
        case=case,
        **_last_words(letters),
        files=next((x.files for x in letters if x.kind is MessageKind.WORDS), ()),
        draft=draft,
        conversation=letters_as_entries(case, said, names),
        internal=letters_as_entries(case, written, names),
        own_notes=notes_as_entries(case, own_notes(session, case, access.staff_id)),
        events=tuple(events_as_entries(session, access, book, case, names)),
        clocks=tuple(_clocks(session, access, book, case, decides=decides)),
        **_whom_it_bars(session, book, case, names, handling, decides=decides),
        turn=present_turn(session, case),
        assisting=tuple(assisting.all_of(session, case)),
        verifying=tuple(verifying.all_of(session, case)),
        family=tuple(family_of(session, case, visible(access))),
        ties=Ties.of(session, access, case),
        to_decide=ToDecide.of(session, case, book, letters),
        order=order_facts(session, case, decides=decides),
        acts=acts_allowed(session, case, access, book, draft),
    )


def _last_words(letters: Sequence[Letter]) -> dict[str, Any]:
    """What was written last of each sort that the page shows by itself."""
    last = {letter.kind: letter.text for letter in letters}
    decision = last.get(MessageKind.DECISION)
    return {
        "words": last.get(MessageKind.WORDS),
        "extract": last.get(MessageKind.EXTRACT),
        "accused": last.get(MessageKind.ACCUSED),
        "beneficiary": last.get(MessageKind.BENEFICIARY),
        "because": tuple(last.get(MessageKind.BECAUSE, "").splitlines()),
        "evidence": tuple(last.get(MessageKind.EVIDENCE, "").splitlines()),
        "decision": Kept.from_text(decision) if decision else None,
    }


def units_to_choose(file: CaseFile, book: Book) -> list[str]:
    """The units that a case may be given to: with a desk, not the present one, not barred as far as
    the person knows, since what is missing from a list would tell him more."""
    return [code for code in units_for_a_part(file, book) if code != file.case.unit_code]


def units_to_ask(file: CaseFile, book: Book) -> list[str]:
    """The units that may be asked to help. Discipline inspection and audit don't help with a
    case: it is referred to them (移送)."""
    asked = units_that_help(file, book)
    units = (book.units[code] for code in units_to_choose(file, book))
    return [u.code for u in units if u.code not in asked and u.kind not in _REFERRED_TO]


def units_that_help(file: CaseFile, _book: Book) -> list[str]:
    """The units whose help hasn't come yet."""
    return [one.unit_code for one in file.assisting if one.end is None]


def units_to_verify(file: CaseFile, book: Book) -> list[str]:
    """The units that may be asked to check a fact, as far as the person knows."""
    asked = units_that_verify(file, book)
    possible = verifying.units_that_verify(file.case, book)
    return [code for code in possible if code not in file.known_barred and code not in asked]


def units_that_verify(file: CaseFile, _book: Book) -> list[str]:
    """The units that were asked to check a fact and haven't answered yet."""
    return [one.unit_code for one in file.verifying if one.end is None]


def units_for_a_part(file: CaseFile, book: Book) -> list[str]:
    """The units that a part of a case may be given to, the one that has the whole among them."""
    desks = (unit.code for unit in book.units.values() if unit.desk)
    return [code for code in desks if code not in file.known_barred]


def _clocks(
    session: Session, access: Access, book: Book, case: Case, *, decides: bool
) -> list[Clock]:
    """The running clocks, the earliest first; to a unit the office's own one comes last, and what
    a referral owes isn't shown."""
    running = clocks_of(book, case.kind, case.identity, happened(session, case))
    running = tuple(one for one in running if decides or one.clock not in SEALED_CLOCKS)
    others = [one for one in running if one.clock != "office_look"]
    looks = [one for one in running if one.clock == "office_look"]
    today = clock.today()
    return [clock_words(one, today) for one in (running if access.as_office else others + looks)]


def _whom_it_bars(
    session: Session,
    book: Book,
    case: Case,
    names: Mapping[int, str],
    handling: Handling,
    *,
    decides: bool,
) -> dict[str, Any]:
    """Whom a case bars and might bar, as far as this person reads of it."""
    freeable = barred_by_rules(session, case) if decides else Accused()
    # A sealed case goes to no unit, unless what seals it is said not to accuse anybody.
    barred = accused_in(session, case) if case.sealed and freeable else handling.barred
    may_be = _may_be_barred(session, case, book, names, handling.barred) if decides else ()
    return {
        "barred": tuple(_barred(session, case, book, names, decides=decides)),
        "known_barred": barred if decides else own_units(session, case),
        "freeable": targets(book, names, freeable.units, freeable.people),
        "may_be_barred": may_be,
    }


def _barred(
    session: Session, case: Case, book: Book, names: Mapping[int, str], *, decides: bool
) -> Iterator[str]:
    """Who is barred, by name. Whom another part of the same message accuses, and which people, only
    whoever decides reads."""
    bars = session.scalars(select(Bar).where(Bar.case_id == case.id, Bar.named).order_by(Bar.id))
    read = [one for one in bars if decides or one.source is not BarSource.RELATIVE]
    units = frozenset(one.unit_code for one in read if one.unit_code)
    yield from (book.unit_name(code) for code in event_words.topmost(units, book))
    if decides:
        yield from (names[one.staff_id] for one in read if one.staff_id)


def _may_be_barred(
    session: Session, case: Case, book: Book, names: Mapping[int, str], barred: AbstractSet[str]
) -> tuple[Target, ...]:
    """Whom the office may still mark: units, and people who work at a desk."""
    already = select(Bar.staff_id).where(Bar.case_id == case.id, Bar.staff_id.is_not(None))
    people = session.scalars(
        select(Staff.id)
        .where(Staff.active, Staff.id.not_in(already))
        .where(Staff.posts.any(Post.role.in_(AT_A_DESK)))
        .order_by(Staff.display_name)
    )
    return targets(book, names, book.units.keys() - barred, list(people))


def _draft(session: Session, case: Case, letters: Sequence[Letter]) -> Letter | None:
    """The last draft of the unit that has the case; what another one wrote before is no beginning
    for it."""
    since = session.scalar(
        select(func.max(Assignment.assigned_at)).where(
            Assignment.case_id == case.id, Assignment.unit_code == case.unit_code
        )
    )
    drafts = (x for x in reversed(letters) if x.kind is MessageKind.DRAFT)
    return next((x for x in drafts if since is None or x.written_at >= since), None)
