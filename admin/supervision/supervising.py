"""What the office does about a case that it supervises (督办), and what the unit reports back.

The date of a supervision is one of the case's own clocks, so that the queue is sorted by it, its
working is shown, and reminders and becoming overdue are the worker's as for any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.asking import WrongDay
from admin.desk.hand import Hand, check_decides, check_version, decider_of, settle, write
from admin.supervision.entry import EntryKind, SupervisionEntry
from admin.supervision.suggesting import take_up
from admin.supervision.supervision import Supervision, SupervisionOutcome
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rules.deadlines import Working, due
from intake.rules.lifecycle import MoveNotAllowed
from portal.campaign.book import Book
from portal.campaign.supervision_rule import SupervisionRule, Trigger
from portal.foundation import clock

# Whoever sets a date further off than a year has mistyped it.
_FARTHEST = timedelta(days=366)


class NoUsualDate(Exception):
    """The campaign names no number of days for this trigger, so that a date has to be given."""


class NotYourSupervision(Exception):
    """Only who opened a supervision, or the head of whoever decides, may close it."""


@dataclass(frozen=True)
class Demand:
    """Why a case is to be supervised, what is demanded, and by which Shanghai day; None: the
    campaign's usual one."""

    trigger: Trigger
    words: str
    due_on: date | None = None


def usual_date(trigger: Trigger, book: Book) -> Working | None:
    """By when a supervision that is opened today usually ends, with the working of that day; None
    where the campaign names none."""
    rule = SupervisionRule.of(book.campaign.supervision)
    days = rule.days.get(trigger)
    if days is None:
        return None
    return due(days, True, clock.today(), book.calendar).by(rule.source)


def current(session: Session, case: Case) -> Supervision | None:
    """The supervision of a case that is open."""
    wanted = select(Supervision).where(
        Supervision.case_id == case.id, Supervision.closed_at.is_(None)
    )
    return session.scalars(wanted).first()


def may_close(found: Supervision, hand: Hand, decider: str) -> bool:
    """Whether somebody who decides about the case may close its supervision: who opened it, or the
    head of the body that decides."""
    return found.opened_by == hand.access.staff_id or decider in hand.access.heads


def supervise(session: Session, case: Case, hand: Hand, demand: Demand) -> None:
    """Supervise a case (立项督办, plan 五(二)2); its unit reads what is demanded, its reporter
    nothing.

    Raises:
        SomebodyWasFaster, NeedsText, NoUsualDate: see there.
        MoveNotAllowed: the actor doesn't decide about the case, it is over, or supervised already.
        WrongDay: the day is over, or more than a year off.
    """
    check_decides(session, case, hand, "open")
    if case.supervised or not case.state.is_open:
        raise MoveNotAllowed("open")
    usual = usual_date(demand.trigger, hand.book)
    due_on = demand.due_on or (usual.due_on if usual else None)
    if due_on is None:
        raise NoUsualDate(demand.trigger)
    _check_day(due_on)
    opened = Supervision(
        case_id=case.id,
        trigger=demand.trigger,
        opened_by=hand.access.staff_id,
        opened_at=clock.now(),
        due_on=due_on,
    )
    session.add(opened)
    _log(session, case, hand, opened, EntryKind.DEMAND, demand.words)
    case.supervised = True
    take_up(session, case, hand)
    facts = {"trigger": demand.trigger, "due_on": due_on.isoformat()}
    record(session, "supervised", case_id=case.id, by=hand.access.staff_id, **facts)
    settle(session, case, hand)


def check_on(session: Session, case: Case, hand: Hand, text: str) -> None:
    """Demand more, or write down what a check showed (督办记录); the unit reads it.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor doesn't decide about the case, or it isn't supervised.
    """
    found = _decided_by(session, case, hand, "check")
    _log(session, case, hand, found, EntryKind.CHECK, text)
    record(session, "supervision_checked", case_id=case.id, by=hand.access.staff_id)
    settle(session, case, hand)


def report_progress(session: Session, case: Case, hand: Hand, text: str) -> None:
    """Report to the office how far it is (反馈); the unit that has the case does.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: another unit has the case, or it isn't supervised.
    """
    check_version(case, hand)
    found = current(session, case)
    if found is None or case.unit_code not in hand.access.desks:
        raise MoveNotAllowed("progress")
    _log(session, case, hand, found, EntryKind.PROGRESS, text)
    by = hand.access.staff_id
    record(session, "supervision_reported", case_id=case.id, by=by, unit=case.unit_code)
    settle(session, case, hand)


def give_more_time(session: Session, case: Case, hand: Hand, *, due_on: date, reason: str) -> None:
    """Set a later day (改日子), with the reason, which the unit reads.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor doesn't decide about the case, or it isn't supervised.
        WrongDay: the day is no later one, is over, or more than a year off.
    """
    found = _decided_by(session, case, hand, "extend")
    _check_day(due_on)
    if due_on <= found.due_on:
        raise WrongDay
    _log(session, case, hand, found, EntryKind.EXTENSION, reason)
    facts = {"former": found.due_on.isoformat(), "due_on": due_on.isoformat()}
    found.due_on = due_on
    record(session, "supervision_extended", case_id=case.id, by=hand.access.staff_id, **facts)
    settle(session, case, hand)


def close(
    session: Session, case: Case, hand: Hand, *, outcome: SupervisionOutcome, opinion: str
) -> None:
    """Close a supervision (销督). The case goes on as before; it may be supervised again.

    Raises:
        SomebodyWasFaster, NeedsText, NotYourSupervision: see there.
        MoveNotAllowed: the actor doesn't decide about the case, or it isn't supervised.
    """
    found = _decided_by(session, case, hand, "close")
    if not may_close(found, hand, decider_of(session, case, hand.book)):
        raise NotYourSupervision
    _log(session, case, hand, found, EntryKind.CLOSING, opinion)
    found.closed_by, found.closed_at = hand.access.staff_id, clock.now()
    found.outcome = outcome
    case.supervised = False
    facts = {"outcome": outcome}
    record(session, "supervision_closed", case_id=case.id, by=hand.access.staff_id, **facts)
    settle(session, case, hand)


def _decided_by(session: Session, case: Case, hand: Hand, act: str) -> Supervision:
    check_decides(session, case, hand, act)
    found = current(session, case)
    if found is None:
        raise MoveNotAllowed(act)
    return found


def _check_day(due_on: date) -> None:
    today = clock.today()
    if not today <= due_on <= today + _FARTHEST:
        raise WrongDay


def _log(
    session: Session, case: Case, hand: Hand, found: Supervision, kind: EntryKind, text: str
) -> None:
    said = write(session, case, hand, MessageKind.SUPERVISION, text)
    session.flush()
    session.add(SupervisionEntry(message_id=said.id, supervision_id=found.id, kind=kind))
