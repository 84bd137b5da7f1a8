"""What is done in a follow-up (回访): a visit is recorded, or that nobody could be reached; the
office rules on whoever isn't satisfied, and opens the case again where he is right (重办).

None of it is done by whoever handled the case. A reporter who isn't satisfied is never just let
go: either the case is opened again, or the office writes down why not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk.hand import Hand, check_version, decider_of, move, settle, write
from admin.follow_up.not_handled import check_not_handled
from intake import correspondence, follow_ups
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.follow_up import Answer, FollowUp, How, Outcome, Why
from intake.cases.message import MessageKind
from intake.outbox.notices import Occasion
from intake.outbox.queue_notice import queue_notice
from intake.rules.lifecycle import MoveNotAllowed
from intake.rules.satisfaction import Solved, is_unhappy
from portal.campaign.book import Book
from portal.foundation import clock


class BadDay(ValueError):
    """Nobody was visited before the case was closed, nor on a day that is still to come."""


class TriedToday(Exception):
    """Ringing up again and again on one day is one attempt."""


@dataclass(frozen=True)
class Visit:
    """What a visit brought: how and on which Shanghai day, the two answers, and in words what was
    said and seen; for a household visit also who went along."""

    how: How
    on: date
    solved: Solved
    satisfaction: int
    words: str


def decides_about(session: Session, case: Case, access: Access, book: Book) -> bool:
    """Whether somebody may rule on a reporter who isn't satisfied."""
    return access.decides(decider_of(session, case, book))


def follows_up(session: Session, case: Case, access: Access, book: Book) -> bool:
    """Whether somebody sits where this case is followed up: at its unit's desk, or where is decided
    about it. Whose unit only helps with a case reads it, and asks nobody."""
    return case.unit_code in access.desks or decides_about(session, case, access, book)


def needs_ruling(follow_up: FollowUp) -> bool:
    """Whether the office has to say what becomes of a case: its reporter isn't satisfied."""
    return follow_up.outcome is None and follow_up.why is Why.UNSATISFIED


def record_visit(session: Session, case: Case, hand: Hand, visit: Visit) -> None:
    """Record a return visit (电话、现场回访) or a household visit (入户调查). It ends the follow-up
    where nothing is wrong; else the office rules.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, HandledIt, NeedsText, BadDay: see there.
    """
    follow_up = _running(session, case, hand, "visit")
    if not follow_up.closed_on <= visit.on <= clock.today():
        raise BadDay(visit.on)
    write(session, case, hand, MessageKind.VISIT, visit.words)
    session.add(
        Answer(
            follow_up_id=follow_up.id,
            solved=visit.solved,
            satisfaction=visit.satisfaction,
            how=visit.how,
            staff_id=hand.access.staff_id,
            answered_at=clock.now(),
        )
    )
    record(
        session,
        "visited",
        case_id=case.id,
        by=hand.access.staff_id,
        how=visit.how,
        on=visit.on.isoformat(),
        solved=visit.solved,
        satisfaction=visit.satisfaction,
    )
    if is_unhappy(visit.solved, visit.satisfaction):
        follow_ups.want_visit(follow_up, hand.book)
    else:
        _end(session, case, hand, follow_up, Outcome.SATISFIED)
    settle(session, case, hand)


def could_not_reach(session: Session, case: Case, hand: Hand, *, words: str) -> None:
    """Note that nobody could be reached (未联系上), with a few words or without. After as many days
    of trying as the campaign says, the follow-up ends; not where the reporter isn't satisfied.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, HandledIt: see there.
        TriedToday: see there.
    """
    follow_up = _running(session, case, hand, "not_reached")
    if follow_up.attempted_on == clock.today():
        raise TriedToday
    if words.strip():
        write(session, case, hand, MessageKind.VISIT, words)
    follow_up.attempts += 1
    follow_up.attempted_on = clock.today()
    by, attempts = hand.access.staff_id, follow_up.attempts
    record(session, "not_reached", case_id=case.id, by=by, attempts=attempts)
    enough = hand.book.campaign.follow_up.get("attempts")
    if enough and attempts >= enough and not needs_ruling(follow_up):
        _end(session, case, hand, follow_up, Outcome.UNREACHABLE)
    settle(session, case, hand)


def find_unfounded(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Say why a reporter who isn't satisfied has no case. His right to object stays.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, HandledIt, NeedsText: see there.
    """
    follow_up = _to_rule_on(session, case, hand, "unfounded")
    write(session, case, hand, MessageKind.VISIT, reason)
    _end(session, case, hand, follow_up, Outcome.UNFOUNDED)
    settle(session, case, hand)


def reopen(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Open a case again (重办), as its reporter isn't satisfied and is right: he reads why, the
    office gives it to a unit anew, and another officer answers.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, HandledIt, NeedsText: see there.
    """
    follow_up = _to_rule_on(session, case, hand, "reopen")
    write(session, case, hand, MessageKind.NOTICE, reason)
    _end(session, case, hand, follow_up, Outcome.REOPENED)
    move(session, case, hand, "reopen")
    queue_notice(session, case, Occasion.REOPENED)
    case.unit_code = decider_of(session, case, hand.book)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def _running(session: Session, case: Case, hand: Hand, act: str) -> FollowUp:
    """The follow-up that waits for a visit."""
    check_version(case, hand)
    follow_up = follow_ups.latest(session, case)
    may = follows_up(session, case, hand.access, hand.book)
    if follow_up is None or not follow_up.waits or not may:
        raise MoveNotAllowed(act)
    check_not_handled(session, case, hand.access)
    return follow_up


def _to_rule_on(session: Session, case: Case, hand: Hand, act: str) -> FollowUp:
    follow_up = _running(session, case, hand, act)
    if not needs_ruling(follow_up) or not decides_about(session, case, hand.access, hand.book):
        raise MoveNotAllowed(act)
    return follow_up


def _end(session: Session, case: Case, hand: Hand, follow_up: FollowUp, outcome: Outcome) -> None:
    by = hand.access.staff_id
    follow_up.end(outcome, clock.now(), by=by)
    record(session, "follow_up_ended", case_id=case.id, by=by, outcome=outcome)
