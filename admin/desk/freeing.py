"""Taking back what the rules barred (解除回避): their reading of the words was too careful."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.casework import Hand, acts_as_office, check_version, settle, write_note
from intake import correspondence
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rules import recusal
from intake.rules.lifecycle import MoveNotAllowed


def lift_recusal(session: Session, case: Case, hand: Hand, unit_code: str, *, reason: str) -> None:
    """Say that the words don't accuse a unit: what the rules barred for it, and nothing else, ends.

    A bar that the reporter or a member of staff set stays.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office, or no bar of the rules is on the unit.
    """
    check_version(case, hand)
    if not acts_as_office(session, case, hand.access, hand.book):
        raise MoveNotAllowed("lift_recusal")
    bars = session.scalars(
        select(Bar).where(Bar.case_id == case.id, Bar.unit_code.is_not(None))
    ).all()
    named = {bar.unit_code for bar in bars if bar.named and bar.unit_code}
    if unit_code not in barred_by_words(session, case):
        raise MoveNotAllowed("lift_recusal")
    write_note(session, case, hand, MessageKind.REASON, reason)
    still = recusal.barred_units(named - {unit_code}, hand.book.below)
    freed = [bar for bar in bars if bar.source is BarSource.WORDS and bar.unit_code not in still]
    for bar in freed:
        session.delete(bar)
    record(
        session,
        "unbarred",
        case_id=case.id,
        by=hand.access.staff_id,
        units=sorted(bar.unit_code or "" for bar in freed),
    )
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def barred_by_words(session: Session, case: Case) -> frozenset[str]:
    """The units that the rules took for accused by what the words say."""
    found = session.scalars(
        select(Bar.unit_code).where(
            Bar.case_id == case.id, Bar.named, Bar.source == BarSource.WORDS
        )
    )
    return frozenset(code for code in found if code)
