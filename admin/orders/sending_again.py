"""An order that its sender sends again (退回重办), since the answer won't do: it waits for another
one, and a case that was answered is opened again and goes to another officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, check_decides, decider_of, move, settle, write
from admin.orders.answering import WrongDay
from intake import correspondence, follow_ups
from intake.cases.case import NO_DUE_DATE, Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.cases.order import Order
from intake.rules.lifecycle import MOVES, MoveNotAllowed
from intake.together import part
from portal.foundation import clock


@dataclass(frozen=True)
class Again:
    """What the sender wants: why, since which Shanghai day, and by when; None where he names no
    day."""

    reason: str
    on: date
    answer_by: date | None


def send_again(session: Session, case: Case, hand: Hand, again: Again) -> None:
    """Take an answered order up again. What its reporter took back stays closed; then the sender is
    owed words and nothing else.

    Raises:
        MoveNotAllowed: it is no order, wasn't answered, or the actor doesn't decide about the case.
        WrongDay: it was sent again before it was answered, or is wanted before that.
        NeedsText, SomebodyWasFaster: see there.
    """
    check_decides(session, case, hand, "send_again")
    order = session.get(Order, case.id, with_for_update=True)
    if order is None or order.answered_on is None:
        raise MoveNotAllowed("send_again")
    if not order.answered_on <= again.on <= clock.today():
        raise WrongDay(again.on)
    if again.answer_by is not None and again.answer_by < again.on:
        raise WrongDay(again.answer_by)
    write(session, case, hand, MessageKind.REASON, again.reason)
    order.answered_on = order.answered_by = None
    order.answer_by = again.answer_by or NO_DUE_DATE
    order.times += 1
    until = again.answer_by.isoformat() if again.answer_by else None
    facts = {"on": again.on.isoformat(), "due_on": until}
    record(session, "order_sent_again", case_id=case.id, by=hand.access.staff_id, **facts)
    if case.state in MOVES["send_again"].sources:
        _open_again(session, case, hand)
    settle(session, case, hand)


def _open_again(session: Session, case: Case, hand: Hand) -> None:
    part(session, case, hand.book)
    follow_ups.end_by_objection(session, case)
    move(session, case, hand, "send_again")
    case.unit_code = decider_of(session, case, hand.book)
    correspondence.rewrap(session, case, hand.book)
