"""Reports back (报回): with an assignment (交办) the office sets a day by which the unit tells it
what came of the case; of a transfer (转办) it asks nothing. The reporter reads nothing of either.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.assisting import DayIsOver
from admin.desk.hand import Hand, actors_of, check_decides, check_version, settle, write
from intake.cases.assignment import Assignment, Manner
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.dates import clocks_of, happened
from intake.rules.given_dates import REPORT_BACK
from intake.rules.lifecycle import Actor, MoveNotAllowed, State
from portal.campaign.book import Book
from portal.foundation import clock

ASKABLE = frozenset({State.ASSIGNED, State.SIGNED_FOR, State.ACCEPTED, State.DRAFTED})
UNIT = frozenset({Actor.OFFICER, Actor.HEAD})


def ask_for_report(session: Session, case: Case, hand: Hand, due_on: date) -> None:
    """Ask the unit that has a case to report back by a Shanghai day, or by another day than before;
    a case that was transferred is assigned from now on.

    Raises:
        SomebodyWasFaster: see there.
        MoveNotAllowed: the actor doesn't act for the office, has the case himself, or nobody is at
            work on it.
        DayIsOver: see there.
    """
    check_decides(session, case, hand, "ask_report")
    if case.state not in ASKABLE or case.unit_code in hand.access.desks:
        raise MoveNotAllowed("ask_report")
    set_report_day(session, case, hand, due_on)
    settle(session, case, hand)


def set_report_day(session: Session, case: Case, hand: Hand, due_on: date) -> None:
    """Note by which Shanghai day the unit that has just got a case reports back.

    Raises:
        DayIsOver: see there.
    """
    if due_on < clock.today():
        raise DayIsOver(due_on)
    session.flush()
    turn = present_turn(session, case)
    if turn is None:
        raise MoveNotAllowed("ask_report")
    turn.manner, turn.report_by = Manner.ASSIGN, due_on
    facts = {"unit": case.unit_code, "due_on": due_on.isoformat()}
    record(session, "report_asked", case_id=case.id, by=hand.access.staff_id, **facts)


def report_back(session: Session, case: Case, hand: Hand, text: str) -> None:
    """Tell the office what came of a case (报结果); the reporter still gets his answer.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor's unit hasn't the case, or owes no report.
    """
    check_version(case, hand)
    actors = actors_of(session, case, hand.access, hand.book)
    if not actors & UNIT or not owes_report(session, case, hand.book):
        raise MoveNotAllowed("report_back")
    write(session, case, hand, MessageKind.REPORT, text)
    record(session, "reported_back", case_id=case.id, by=hand.access.staff_id, unit=case.unit_code)
    settle(session, case, hand)


def owes_report(session: Session, case: Case, book: Book) -> bool:
    """Whether the office waits for a report of the unit that has a case."""
    running = clocks_of(book, case.kind, case.identity, happened(session, case))
    return any(one.clock == REPORT_BACK for one in running)


def present_turn(session: Session, case: Case) -> Assignment | None:
    """The turn of the unit that has a case now; None where it waits for somebody to give it."""
    wanted = select(Assignment).where(
        Assignment.case_id == case.id,
        Assignment.unit_code == case.unit_code,
        Assignment.outcome.is_(None),
    )
    return session.scalars(wanted.order_by(Assignment.id.desc())).first()
