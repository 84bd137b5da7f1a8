"""Who acts on a case, what an act may refuse, and what every act does besides: it takes the version
that its writer saw, seals what he wrote, and counts the consequences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from intake import correspondence
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import Message, MessageKind
from intake.chain import chain_of
from intake.dates import set_dates
from intake.enclosing import enclose
from intake.rules import lifecycle, recusal
from intake.rules.lifecycle import Actor, MoveNotAllowed
from portal.campaign.book import Book
from portal.foundation import clock


class SomebodyWasFaster(Exception):
    """The case changed since its page was opened; the writer keeps his text and looks again."""


class UnitIsBarred(Exception):
    """The case accuses the unit it was to be given to, or a unit above that."""


class NeedsSecondPerson(Exception):
    """Who wrote the reply can't also release it."""


class NeedsText(Exception):
    """The act needs a reason or a text, and none was given."""


@dataclass(frozen=True)
class Hand:
    """Who acts on which version of a case, with the campaign's book at hand."""

    access: Access
    book: Book
    version: int


def decider_of(session: Session, case: Case, book: Book) -> str:
    """Who decides about a case: the office, or the body in its stead where it is accused."""
    return recusal.decider(correspondence.barred_in(session, case, book), chain_of(book))


def actors_of(session: Session, case: Case, access: Access, book: Book) -> frozenset[Actor]:
    """Which hats of the life-cycle table somebody wears for a case."""
    return access.actors(case, decider_of(session, case, book))


def check_version(case: Case, hand: Hand) -> None:
    """Refuse who hasn't seen the latest. Raises SomebodyWasFaster."""
    if case.version != hand.version:
        raise SomebodyWasFaster(case.number)


def check_decides(session: Session, case: Case, hand: Hand, act: str) -> None:
    """Refuse who hasn't seen the latest, or doesn't decide about the case as the office does.

    Raises:
        SomebodyWasFaster, MoveNotAllowed: see there.
    """
    check_version(case, hand)
    if not hand.access.decides(decider_of(session, case, hand.book)):
        raise MoveNotAllowed(act)


def move(
    session: Session,
    case: Case,
    hand: Hand,
    name: str,
    actors: frozenset[Actor] | None = None,
    **facts: Any,
) -> None:
    """Make a move of the life-cycle table. `actors` are the hats that the actor wore before the
    same ruling changed who decides.

    Raises:
        SomebodyWasFaster, MoveNotAllowed: see there.
    """
    check_version(case, hand)
    actors = actors or actors_of(session, case, hand.access, hand.book)
    found = lifecycle.check(name, case.state, actors, case.kind)
    case.state = found.leads_to(case.state)
    record(session, found.event, case_id=case.id, by=hand.access.staff_id, **facts)


def write(
    session: Session,
    case: Case,
    hand: Hand,
    kind: MessageKind,
    text: str,
    files: Sequence[StoredFile] = (),
) -> Message:
    """Seal a text of the staff's into its compartment, and what opens the files that come with it.
    Raises NeedsText."""
    if not text.strip():
        raise NeedsText
    handling = correspondence.handling_of(session, case, hand.book)
    box = correspondence.open_box(session, case, kind.compartment, handling)
    staff_id = hand.access.staff_id
    said = correspondence.write(session, case, kind, text.strip(), box=box, staff_id=staff_id)
    enclose(session, said, files, box=box)
    return said


def settle(session: Session, case: Case, hand: Hand) -> None:
    """Count an act's consequences: version, last act, dates, and seals that the search opens
    quickly."""
    case.version += 1
    case.last_act_at = clock.now()
    if case.unit_code in hand.access.desks:
        # Its unit did what it was reminded of.
        case.reminded_at = None
    set_dates(session, case, hand.book)
    correspondence.hasten(session, case)
