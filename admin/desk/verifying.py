"""Verification (核查): whoever handles a case asks a unit below, or a section, street or community,
about one fact. The unit gets the words that are written for it and nothing else.

An accusation is asked about by whoever decides alone, with a reason: the question itself may tell
that somebody wrote. Whom the case bars is never asked.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, asked_of
from admin.desk.assisting import DayIsOver
from admin.desk.hand import (
    Hand,
    NeedsText,
    UnitIsBarred,
    actors_of,
    check_version,
    decider_of,
    settle,
    write,
)
from admin.desk.verification_reminding import first_watched_on
from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.cases.verification import Verification, VerificationEnd
from intake.rules.lifecycle import Actor, MoveNotAllowed, State
from intake.vault.compartment import Compartment, NotAHolder, new_compartment, open_compartment
from intake.vault.holders import VERIFICATION, verification_holders
from intake.verifying import end, running, take_keys
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind
from portal.foundation import clock

_KEY_BYTES = 4
_QUESTION, _ANSWER = "question", "answer"
_UNIT = frozenset({Actor.OFFICER, Actor.HEAD})
_NEAR_THE_PEOPLE = frozenset({UnitKind.SECTION, UnitKind.STREET, UnitKind.COMMUNITY})


@dataclass(frozen=True)
class Question:
    """What a unit is asked, and by which Shanghai day it answers. `reason` is why an accusation has
    to be asked about; nobody but whoever decides reads it."""

    unit: str
    words: str
    due_on: date
    reason: str = ""


class NoSuchVerification(LookupError):
    """There is no such question, or none that was put to this person: nobody is told which."""


class AnsweredAlready(Exception):
    """A colleague was faster."""


def may_ask(session: Session, case: Case, hand: Hand) -> bool:
    """Whether somebody may have a fact of a case checked: who handles it; of an accusation only
    whoever decides; of a sealed case nobody, since no other unit may hold anything of it."""
    if not case.state.is_open or case.state is State.REPLIED or case.sealed:
        return False
    actors = actors_of(session, case, hand.access, hand.book)
    return Actor.OFFICE in actors or (bool(actors & _UNIT) and not case.accusing)


def units_that_verify(case: Case, book: Book) -> Iterator[str]:
    """The units that can be asked, as far as no bar stands against it: those below the unit that
    has the case, and sections, streets and communities."""
    below = book.below(case.unit_code)
    for code, unit in book.units.items():
        near = unit.kind in _NEAR_THE_PEOPLE or code in below
        if unit.desk and near and code != case.unit_code:
            yield code


def ask_to_verify(session: Session, case: Case, hand: Hand, question: Question) -> None:
    """Ask a unit to check a fact; it reads the words that are meant for it, and who asks.

    Raises:
        SomebodyWasFaster: see there.
        UnitIsBarred: the case accuses that unit or one above it; it learns nothing.
        MoveNotAllowed: the actor may not ask, or not that unit, or it has been asked already.
        DayIsOver: see there.
        NeedsText: nothing is asked, or of an accusation it isn't said why.
    """
    check_version(case, hand)
    unit_code = question.unit
    if unit_code in correspondence.handling_of(session, case, hand.book).barred:
        raise UnitIsBarred(unit_code)
    asked = {one.unit_code for one in running(session, case)}
    possible = unit_code in units_that_verify(case, hand.book) and unit_code not in asked
    if not possible or not may_ask(session, case, hand):
        raise MoveNotAllowed("verify")
    if question.due_on < clock.today():
        raise DayIsOver(question.due_on)
    if case.accusing:
        write(session, case, hand, MessageKind.RULING, question.reason)
    _put(session, case, hand, question)
    record(session, "verification_asked", case_id=case.id, by=hand.access.staff_id, unit=unit_code)
    settle(session, case, hand)


def withdraw(session: Session, case: Case, hand: Hand, unit_code: str) -> None:
    """Say that a unit need no longer check anything; it finds the question no more.

    Raises:
        SomebodyWasFaster: see there.
        MoveNotAllowed: the actor may not, or nothing is asked of that unit.
    """
    check_version(case, hand)
    found = next((one for one in running(session, case) if one.unit_code == unit_code), None)
    if found is None or not may_withdraw(session, case, hand):
        raise MoveNotAllowed("drop_verification")
    take_keys(session, found)
    end(session, found, by=hand.access.staff_id)
    settle(session, case, hand)


def may_withdraw(session: Session, case: Case, hand: Hand) -> bool:
    """Whether somebody may take a question back: who may ask, and whoever decides at any time."""
    decides = hand.access.decides(decider_of(session, case, hand.book))
    return decides or may_ask(session, case, hand)


def all_of(session: Session, case: Case) -> list[Verification]:
    """Everything that was ever asked about a case, in order."""
    wanted = select(Verification).where(Verification.case_id == case.id)
    return list(session.scalars(wanted.order_by(Verification.id)))


def find_verification(
    session: Session, access: Access, key: str, *, to_change: bool = False
) -> tuple[Verification, Case]:
    """A question that was put to one of this person's units, with its case, of which he may be told
    nothing. `to_change` holds both rows.

    Raises:
        NoSuchVerification: see there.
    """
    wanted = (
        select(Verification, Case)
        .join(Case, Case.id == Verification.case_id)
        .where(Verification.key == key, asked_of(access))
    )
    held = wanted.with_for_update(of=(Case, Verification)) if to_change else wanted
    row = session.execute(held).first()
    if row is None:
        raise NoSuchVerification(key)
    return row.Verification, row.Case


def words_of(session: Session, access: Access, verification: Verification) -> tuple[str, str]:
    """What was asked and what was answered; the latter empty while nobody has.

    Raises:
        NoSuchVerification: the unit was barred meanwhile, and what it once held is gone for good.
    """
    box = _box(session, verification)
    try:
        pair = open_compartment(session, box, access.openers)
    except NotAHolder:
        raise NoSuchVerification(verification.key) from None
    sealed = verification.sealed_answer
    answer = box.open(pair, sealed, _ANSWER) if sealed else ""
    return box.open(pair, verification.sealed_question, _QUESTION), answer


def answer(session: Session, access: Access, book: Book, key: str, text: str) -> None:
    """Answer a question; those who handle its case read it there.

    Raises:
        NoSuchVerification, NeedsText: see there.
        AnsweredAlready: see there.
    """
    if not text.strip():
        raise NeedsText
    found, case = find_verification(session, access, key, to_change=True)
    if found.end is not None:
        raise AnsweredAlready(key)
    said, by = text.strip(), access.staff_id
    found.sealed_answer = _box(session, found).seal(said, _ANSWER)
    found.end, found.ended_at = VerificationEnd.ANSWERED, clock.now()
    found.answered_by = by
    # Whoever writes needs no key: the unit never holds one of the case.
    handling = correspondence.handling_of(session, case, book)
    box = correspondence.open_box(session, case, MessageKind.VERIFIED.compartment, handling)
    told = f"{book.unit_name(found.unit_code)}核查：{said}"
    correspondence.write(session, case, MessageKind.VERIFIED, told, box=box, staff_id=by)
    unit = found.unit_code
    record(session, "verification_answered", case_id=case.id, by=by, unit=unit)
    case.version += 1
    case.last_act_at = clock.now()
    correspondence.hasten(session, case)


def _put(session: Session, case: Case, hand: Hand, question: Question) -> None:
    name, words = hand.book.units[question.unit].name, question.words.strip()
    until = f"{question.due_on.month}月{question.due_on.day}日"
    noted = f"请{name}在{until}前核查：{words}" if words else ""
    write(session, case, hand, MessageKind.VERIFICATION, noted)
    own = case.unit_code if case.unit_code in hand.access.desks else ""
    verification = Verification(
        key=f"HC{secrets.token_hex(_KEY_BYTES).upper()}",
        case_id=case.id,
        unit_code=question.unit,
        asking_code=own or decider_of(session, case, hand.book),
        asked_by=hand.access.staff_id,
        asked_at=clock.now(),
        due_on=question.due_on,
        watch_on=first_watched_on(question.due_on, hand.book),
    )
    barred = correspondence.handling_of(session, case, hand.book).barred
    box = new_compartment(
        session,
        label=verification.label,
        name=VERIFICATION,
        holders=verification_holders(question.unit, barred),
    )
    verification.sealed_question = box.seal(words, _QUESTION)
    session.add(verification)


def _box(session: Session, verification: Verification) -> Compartment:
    wanted = select(Compartment).where(Compartment.label == verification.label)
    return session.scalars(wanted).one()
