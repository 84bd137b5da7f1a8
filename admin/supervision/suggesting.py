"""Suggesting supervision: what the worker finds is put before the office once, which takes it up or
dismisses it with a reason. Nothing is imposed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.hand import Hand, check_decides, settle, write
from admin.supervision.causes import Cause
from admin.supervision.suggestion import Suggestion, SuggestionEnd
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation import clock


def suggest(session: Session, case: Case, cause: Cause) -> None:
    """Put a cause before whoever decides about a case. The same cause twice changes nothing; one
    that comes up while the case is supervised is kept, so that it isn't suggested afterwards.

    The version stays: nobody's writing is in the way of a suggestion.
    """
    if not case.state.is_open or _is_known(session, case, cause):
        return
    now = clock.now()
    made = Suggestion(case_id=case.id, made_at=now, **vars(cause))
    session.add(made)
    if case.supervised:
        made.end, made.ended_at = SuggestionEnd.COVERED, now
        return
    facts: dict[str, Any] = vars(cause) | {"due_on": cause.due_on.isoformat()}
    record(session, "supervision_suggested", case_id=case.id, **facts)


def waiting(session: Session, case: Case) -> list[Suggestion]:
    """The suggestions that nobody has decided on, the oldest first."""
    wanted = select(Suggestion).where(Suggestion.case_id == case.id, Suggestion.ended_at.is_(None))
    return list(session.scalars(wanted.order_by(Suggestion.id)))


def take_up(session: Session, case: Case, hand: Hand) -> None:
    """Note that a case is supervised now: whatever was suggested has been done."""
    for one in waiting(session, case):
        _end(one, hand, SuggestionEnd.TAKEN)


def dismiss(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Say why a case isn't supervised though it was suggested; only whoever decides reads why.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor doesn't decide about the case, or nothing is suggested.
    """
    check_decides(session, case, hand, "dismiss")
    found = waiting(session, case)
    if not found:
        raise MoveNotAllowed("dismiss")
    said = write(session, case, hand, MessageKind.RULING, reason)
    session.flush()
    for one in found:
        _end(one, hand, SuggestionEnd.DISMISSED)
        one.message_id = said.id
        facts = {"trigger": one.trigger}
        record(session, "suggestion_dismissed", case_id=case.id, by=hand.access.staff_id, **facts)
    settle(session, case, hand)


def _end(one: Suggestion, hand: Hand, how: SuggestionEnd) -> None:
    one.end, one.ended_by, one.ended_at = how, hand.access.staff_id, clock.now()


def _is_known(session: Session, case: Case, cause: Cause) -> bool:
    known = select(Suggestion.id).where(
        Suggestion.case_id == case.id,
        Suggestion.trigger == cause.trigger,
        Suggestion.clock == cause.clock,
        Suggestion.due_on == cause.due_on,
        Suggestion.times == cause.times,
    )
    return session.scalars(known).first() is not None
