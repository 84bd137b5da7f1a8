"""Assistance (主办、协办): the office asks a unit to help the lead unit with its own part, by a
date; the unit gives its opinion, or says that the part isn't its own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk.hand import Hand, UnitIsBarred, check_decides, check_version, settle, write
from intake import assisting, correspondence
from intake.cases.assistance import Assistance, AssistanceEnd
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation import clock


class DayIsOver(Exception):
    """Nobody can answer by a day that is over."""


def ask_to_assist(
    session: Session, case: Case, hand: Hand, unit_code: str, *, part: str, due_on: date
) -> None:
    """Ask a unit to help with a part of a case, by a Shanghai day; it then reads what the lead unit
    reads, and nothing of who wrote it.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office, the case is over, or the unit has it
            or helps with it already.
        UnitIsBarred: the case accuses that unit.
        DayIsOver: see there.
        NeedsText: it isn't said what the part is.
    """
    check_decides(session, case, hand, "assist")
    if not case.state.is_open or unit_code in {case.unit_code, *asked_units(session, case)}:
        raise MoveNotAllowed("assist")
    if unit_code in correspondence.handling_of(session, case, hand.book).barred:
        raise UnitIsBarred(unit_code)
    if due_on < clock.today():
        raise DayIsOver(due_on)
    name = hand.book.units[unit_code].name
    write(session, case, hand, MessageKind.PART, f"请{name}协办：{part.strip()}" if part else "")
    session.add(
        Assistance(
            case_id=case.id,
            unit_code=unit_code,
            asked_by=hand.access.staff_id,
            asked_at=clock.now(),
            due_on=due_on,
            signature=assisting.sign(session, case, unit_code),
        )
    )
    record(session, "assistance_asked", case_id=case.id, by=hand.access.staff_id, unit=unit_code)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def give_opinion(session: Session, case: Case, hand: Hand, text: str) -> None:
    """Give the lead unit what was asked for (报协办意见). The helping unit goes on reading.

    Raises:
        MoveNotAllowed: the actor's unit wasn't asked, or has answered, or the case is over.
    """
    check_version(case, hand)
    own = _own(session, case, hand.access, "opinion")
    write(session, case, hand, MessageKind.OPINION, text)
    own.end, own.ended_at = AssistanceEnd.ANSWERED, clock.now()
    record(
        session, "assistance_given", case_id=case.id, by=hand.access.staff_id, unit=own.unit_code
    )
    settle(session, case, hand)


def refuse_to_assist(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Say that the part isn't ours; the unit no longer reads the case, and the office asks another.

    Raises:
        MoveNotAllowed: the actor's unit wasn't asked, or has answered.
    """
    check_version(case, hand)
    own = _own(session, case, hand.access, "refuse")
    write(session, case, hand, MessageKind.REASON, reason)
    _end(session, case, hand, own, AssistanceEnd.NOT_OURS)


def drop_assistance(session: Session, case: Case, hand: Hand, unit_code: str) -> None:
    """Say that a unit need no longer help; it loses the case at once.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office, or the unit doesn't help.
    """
    check_decides(session, case, hand, "drop_assistance")
    found = next((one for one in running(session, case) if one.unit_code == unit_code), None)
    if found is None:
        raise MoveNotAllowed("drop_assistance")
    _end(session, case, hand, found, AssistanceEnd.DROPPED)


def running(session: Session, case: Case) -> list[Assistance]:
    """The help that was asked for and hasn't come yet."""
    wanted = select(Assistance).where(Assistance.case_id == case.id, Assistance.end.is_(None))
    return list(session.scalars(wanted.order_by(Assistance.due_on, Assistance.id)))


def all_of(session: Session, case: Case) -> list[Assistance]:
    """All help that was ever asked for with a case, in that order."""
    wanted = select(Assistance).where(Assistance.case_id == case.id)
    return list(session.scalars(wanted.order_by(Assistance.id)))


def asked_units(session: Session, case: Case) -> frozenset[str]:
    """The units whose help hasn't come yet."""
    return frozenset(one.unit_code for one in running(session, case))


def owed_by(session: Session, case: Case, access: Access) -> Assistance | None:
    """The help that this person's unit owes."""
    return next((one for one in running(session, case) if one.unit_code in access.desks), None)


def _own(session: Session, case: Case, access: Access, act: str) -> Assistance:
    found = owed_by(session, case, access)
    if found is None or not case.state.is_open:
        raise MoveNotAllowed(act)
    return found


def _end(session: Session, case: Case, hand: Hand, found: Assistance, how: AssistanceEnd) -> None:
    found.end, found.ended_at = how, clock.now()
    session.flush()
    record(
        session,
        "assistance_ended",
        case_id=case.id,
        by=hand.access.staff_id,
        unit=found.unit_code,
        how=how,
    )
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)
