"""What officials do with a case, one function for each move of the life-cycle table.

Every act takes the version of the case that its writer saw and refuses when somebody was faster.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from intake import correspondence
from intake.cases.assignment import Assignment, Outcome
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import Message, MessageKind
from intake.dates import set_dates
from intake.rules import lifecycle, recusal
from intake.rules.lifecycle import Actor, MoveNotAllowed, State
from intake.vault.holders import CompartmentName
from portal.campaign.book import Book
from portal.foundation import clock


class SomebodyWasFaster(Exception):
    """The case changed since its page was opened; the writer keeps his text and looks again."""


class UnitIsBarred(Exception):
    """The case accuses the unit it was to be assigned to, or a unit above that."""


class NeedsSecondPerson(Exception):
    """Who wrote the reply can't also release it."""


class NeedsText(Exception):
    """The move needs a reason or a text, and none was given."""


@dataclass(frozen=True)
class Hand:
    """Who acts on which version of a case, with the campaign's book at hand."""

    access: Access
    book: Book
    version: int


def assign(session: Session, case: Case, hand: Hand, unit_code: str) -> None:
    """Assign a case to a unit (交办), which then holds its keys; whoever had it no longer does.

    Raises:
        UnitIsBarred: the case accuses that unit.
    """
    if unit_code in correspondence.handling_of(session, case, hand.book).barred:
        raise UnitIsBarred(unit_code)
    _move(session, case, hand, "assign", unit=unit_code, responsibility=None)
    _end_assignment(session, case, Outcome.REASSIGNED)
    case.unit_code = unit_code
    session.add(
        Assignment(
            case_id=case.id,
            unit_code=unit_code,
            staff_id=hand.access.staff_id,
            assigned_at=clock.now(),
        )
    )
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def sign_for(session: Session, case: Case, hand: Hand) -> None:
    """Sign for a case (签收): the unit has it and looks at it."""
    _move(session, case, hand, "sign_for", unit=case.unit_code)
    settle(session, case, hand)


def accept(session: Session, case: Case, hand: Hand) -> None:
    """Accept a case (受理, 信访工作条例 23)."""
    _move(session, case, hand, "accept", unit=case.unit_code)
    settle(session, case, hand)


def return_to_office(
    session: Session, case: Case, hand: Hand, *, reason: str, proposed: str = ""
) -> None:
    """Return a case that isn't ours, with the reason and, if known, the right unit (退单).

    The office decides; where it is barred itself, the body that handles the case in its stead has
    it next.

    Raises:
        MoveNotAllowed: the case is where it would be returned to.
    """
    former, next_unit = case.unit_code, returns_to(session, case, hand.book)
    if former == next_unit:
        raise MoveNotAllowed("return")
    write_note(session, case, hand, MessageKind.REASON, reason)
    _move(session, case, hand, "return", unit=former, proposed=proposed or None)
    _end_assignment(session, case, Outcome.RETURNED)
    case.returns += 1
    _pass_to(session, case, hand, next_unit)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def draft_reply(session: Session, case: Case, hand: Hand, text: str) -> None:
    """Draft a reply (拟答复); the reporter reads nothing of it yet."""
    write_note(session, case, hand, MessageKind.DRAFT, text)
    _move(session, case, hand, "draft", unit=case.unit_code)
    settle(session, case, hand)


def send_back(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Send a draft back to its writer, with the reason."""
    write_note(session, case, hand, MessageKind.REASON, reason)
    _move(session, case, hand, "send_back", unit=case.unit_code)
    settle(session, case, hand)


def send_reply(session: Session, case: Case, hand: Hand) -> None:
    """Release the draft to the reporter (审签): the head of the unit or the office, never its
    writer.

    Raises:
        NeedsSecondPerson: the same person wrote it.
    """
    draft = session.scalars(
        select(Message)
        .where(Message.case_id == case.id, Message.kind == MessageKind.DRAFT)
        .order_by(Message.id.desc())
    ).first()
    if draft is None or draft.staff_id == hand.access.staff_id:
        raise NeedsSecondPerson
    letters = correspondence.read_as_unit(session, case, hand.access.openers, [MessageKind.DRAFT])
    _move(session, case, hand, "reply", unit=case.unit_code)
    handling = correspondence.handling_of(session, case, hand.book)
    box = correspondence.open_box(session, case, CompartmentName.CONVERSATION, handling)
    correspondence.write(
        session, case, MessageKind.REPLY, letters[-1].text, box=box, staff_id=hand.access.staff_id
    )
    settle(session, case, hand)


def close(session: Session, case: Case, hand: Hand) -> None:
    """Close a case that was answered (办结)."""
    _move(session, case, hand, "close", unit=case.unit_code)
    settle(session, case, hand)


def look(session: Session, case: Case, hand: Hand) -> None:
    """The office's first look at a tip-off (two working days, our promise).

    Raises:
        MoveNotAllowed: it is no tip-off, or the actor doesn't act for the office.
    """
    check_version(case, hand)
    if not (case.is_tip_off and acts_as_office(session, case, hand.access, hand.book)):
        raise MoveNotAllowed("look")
    record(session, "looked", case_id=case.id, by=hand.access.staff_id)
    settle(session, case, hand)


def note(session: Session, case: Case, hand: Hand, text: str) -> None:
    """Write an internal note; the reporter never reads it."""
    check_version(case, hand)
    write_note(session, case, hand, MessageKind.NOTE, text)
    record(session, "noted", case_id=case.id, by=hand.access.staff_id)
    settle(session, case, hand)


def withhold(session: Session, case: Case, hand: Hand, extract: str) -> None:
    """Give the unit an extract instead of the words that would betray the writer; the original
    stays with the office.

    Raises:
        MoveNotAllowed: the actor isn't of the office.
    """
    check_version(case, hand)
    if Actor.OFFICE not in hand.access.actors(case):
        raise MoveNotAllowed("withhold")
    write_note(session, case, hand, MessageKind.EXTRACT, extract)
    case.withheld = True
    record(session, "withheld", case_id=case.id, by=hand.access.staff_id)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def recuse(session: Session, case: Case, hand: Hand, unit_code: str, *, reason: str) -> None:
    """Mark a unit as accused (信访工作条例 30(3)): it and all below it lose the case at once, keys
    included.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office.
    """
    check_version(case, hand)
    if not acts_as_office(session, case, hand.access, hand.book):
        raise MoveNotAllowed("recuse")
    write_note(session, case, hand, MessageKind.REASON, reason)
    already = correspondence.handling_of(session, case, hand.book).barred
    fresh = recusal.barred_units({unit_code}, hand.book.below) - already
    for code in sorted(fresh):
        named = code == unit_code
        session.add(
            Bar(
                case_id=case.id,
                unit_code=code,
                source=BarSource.STAFF,
                named=named,
                set_at=clock.now(),
            )
        )
    session.flush()
    case.accusing = True
    facts = {"units": sorted(fresh), "staff": [], "source": "staff"}
    record(session, "barred", case_id=case.id, by=hand.access.staff_id, **facts)
    if case.unit_code in fresh:
        _end_assignment(session, case, Outcome.REASSIGNED)
        if case.state.is_open:
            case.state = State.RETURNED
        _pass_to(session, case, hand, returns_to(session, case, hand.book))
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def acts_as_office(session: Session, case: Case, access: Access, book: Book) -> bool:
    """Whether somebody decides about a case as the office, or in its stead where it is barred."""
    actors = access.actors(case)
    if Actor.OFFICE in actors:
        return True
    barred = correspondence.handling_of(session, case, book).barred
    return access.office_code in barred and bool(actors)


def _pass_to(session: Session, case: Case, hand: Hand, unit_code: str) -> None:
    """Put a case before the office; the body that stands in for it has it assigned, since nobody
    else could."""
    case.unit_code = unit_code
    if unit_code == hand.access.office_code or case.state is not State.RETURNED:
        return
    case.state = State.ASSIGNED
    session.add(Assignment(case_id=case.id, unit_code=unit_code, assigned_at=clock.now()))
    record(session, "assigned", case_id=case.id, unit=unit_code, responsibility=None)


def returns_to(session: Session, case: Case, book: Book) -> str:
    """Who decides about a case that its unit returns: the office, or the body that stands in for
    it."""
    barred = correspondence.handling_of(session, case, book).barred
    campaign = book.campaign
    chain = recusal.Chain(campaign.office_code, campaign.discipline_code, campaign.superior_code)
    return recusal.handler(None, barred, book.above, chain)


def _end_assignment(session: Session, case: Case, outcome: Outcome) -> None:
    running = session.scalars(
        select(Assignment)
        .where(Assignment.case_id == case.id, Assignment.outcome.is_(None))
        .order_by(Assignment.id.desc())
    ).first()
    if running is not None:
        running.outcome = outcome


def write_note(session: Session, case: Case, hand: Hand, kind: MessageKind, text: str) -> None:
    """Seal a text of the staff's into its compartment. Raises NeedsText."""
    if not text.strip():
        raise NeedsText
    handling = correspondence.handling_of(session, case, hand.book)
    box = correspondence.open_box(session, case, kind.compartment, handling)
    correspondence.write(session, case, kind, text.strip(), box=box, staff_id=hand.access.staff_id)


def check_version(case: Case, hand: Hand) -> None:
    """Refuse who hasn't seen the latest. Raises SomebodyWasFaster."""
    if case.version != hand.version:
        raise SomebodyWasFaster(case.number)


def _move(session: Session, case: Case, hand: Hand, name: str, **facts: Any) -> None:
    """Make a move of the table, or raise MoveNotAllowed."""
    check_version(case, hand)
    move = lifecycle.check(name, case.state, hand.access.actors(case))
    case.state = move.target
    record(session, move.event, case_id=case.id, by=hand.access.staff_id, **facts)


def settle(session: Session, case: Case, hand: Hand) -> None:
    """Count an act's consequences: version, last act, dates."""
    case.version += 1
    case.last_act_at = clock.now()
    set_dates(session, case, hand.book)
    session.flush()
