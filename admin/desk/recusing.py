"""Recusal by the office (回避, 信访工作条例 30(3)): marking whom a case accuses, and taking back
what the rules barred where their reading of the words was too careful.

What the office says for it stays with the office: whoever handles the case next doesn't read that
he was taken for accused.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.casework import end_assignment, pass_to
from admin.desk.hand import Hand, check_decides, decider_of, settle, write
from intake import correspondence
from intake.cases.assignment import Outcome
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.family import relatives
from intake.rules import recusal
from intake.rules.lifecycle import MoveNotAllowed, State
from portal.foundation import clock


def recuse(session: Session, case: Case, hand: Hand, unit_code: str, *, reason: str) -> None:
    """Mark a unit as accused: it and all below it lose the case at once, keys included, and with it
    whatever came in the same message.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office.
    """
    check_decides(session, case, hand, "recuse")
    write(session, case, hand, MessageKind.RULING, reason)
    bar(session, case, hand, unit_code)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def lift_recusal(session: Session, case: Case, hand: Hand, unit_code: str, *, reason: str) -> None:
    """Say that the words don't accuse a unit: what the rules barred for it, and nothing else, ends.

    A bar that the reporter or a member of staff set stays.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office, or no bar of the rules is on the unit.
    """
    check_decides(session, case, hand, "lift_recusal")
    if unit_code not in barred_by_words(session, case):
        raise MoveNotAllowed("lift_recusal")
    write(session, case, hand, MessageKind.RULING, reason)
    free(session, case, hand, unit_code)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def bar(session: Session, case: Case, hand: Hand, unit_code: str) -> None:
    """Bar a unit and everything below it from what one message brought, and move on what lies
    there. The keys of this case follow later, those of its relatives here."""
    _bar(session, case, hand, unit_code)
    for other in relatives(session, case):
        _bar(session, other, hand, unit_code)
        correspondence.rewrap(session, other, hand.book)
        settle(session, other, hand)


def _bar(session: Session, case: Case, hand: Hand, unit_code: str) -> None:
    already = correspondence.handling_of(session, case, hand.book).barred
    fresh = recusal.barred_units({unit_code}, hand.book.below) - already
    for code in sorted(fresh):
        session.add(
            Bar(
                case_id=case.id,
                unit_code=code,
                source=BarSource.STAFF,
                named=code == unit_code,
                set_at=clock.now(),
            )
        )
    session.flush()
    case.accusing = True
    facts = {"units": sorted(fresh), "staff": [], "source": "staff"}
    record(session, "barred", case_id=case.id, by=hand.access.staff_id, **facts)
    if case.unit_code in fresh:
        end_assignment(session, case, Outcome.REASSIGNED)
        if case.state.is_open:
            case.state = State.RETURNED
        pass_to(session, case, hand, decider_of(session, case, hand.book))


def free(session: Session, case: Case, hand: Hand, unit_code: str) -> None:
    """End what the rules barred for a unit, as far as nothing else bars the same; keys follow."""
    bars = session.scalars(
        select(Bar).where(Bar.case_id == case.id, Bar.unit_code.is_not(None))
    ).all()
    named = {bar.unit_code for bar in bars if bar.named and bar.unit_code}
    still = recusal.barred_units(named - {unit_code}, hand.book.below)
    freed = [bar for bar in bars if bar.source is BarSource.WORDS and bar.unit_code not in still]
    for one in freed:
        session.delete(one)
    session.flush()
    record(
        session,
        "unbarred",
        case_id=case.id,
        by=hand.access.staff_id,
        units=sorted(one.unit_code or "" for one in freed),
    )
    # Only the words made an accusation of it: without the bar it is an ordinary case again.
    if len(freed) == len(bars) and not case.is_tip_off:
        case.accusing = False


def barred_by_words(session: Session, case: Case) -> frozenset[str]:
    """The units that the rules took for accused by what the words say."""
    found = session.scalars(
        select(Bar.unit_code).where(
            Bar.case_id == case.id, Bar.named, Bar.source == BarSource.WORDS
        )
    )
    return frozenset(code for code in found if code)
