"""Answering an order (报回): the office tells its sender what became of it, or asks him for more
time. What the sender reads may be another text than the reporter's reply."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, NeedsText, check_decides, settle, write
from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.cases.order import Order
from intake.rules.lifecycle import MoveNotAllowed, State
from portal.foundation import clock

# What is sent to the reporter can be sent to whoever passed his words on.
ANSWERED_STATES = (State.REPLIED, State.CLOSED, State.DECLINED, State.WITHDRAWN)


class WrongDay(ValueError):
    """The day is still to come, or lies before what it follows."""


def answer_order(session: Session, case: Case, hand: Hand, *, on: date, words: str = "") -> None:
    """Note on which Shanghai day the sender had its answer, with the words where they aren't those
    of the reply; its clock stops.

    Raises:
        MoveNotAllowed: it is no order, was answered, or the actor doesn't decide about the case.
        WrongDay: see there.
        NeedsText: the reporter has no answer yet, so the sender's must be written here.
        SomebodyWasFaster: see there.
    """
    order = _open_order(session, case, hand, "answer_order")
    if not order.ordered_on <= on <= clock.today():
        raise WrongDay(on)
    if not words.strip() and case.state not in ANSWERED_STATES:
        raise NeedsText
    if words.strip() and words.strip() != last_answer(session, case, hand):
        write(session, case, hand, MessageKind.ORDER_ANSWER, words)
    order.answered_on, order.answered_by = on, hand.access.staff_id
    by = hand.access.staff_id
    record(session, "order_answered", case_id=case.id, by=by, on=on.isoformat())
    settle(session, case, hand)


def extend_order(session: Session, case: Case, hand: Hand, *, until: date, reason: str) -> None:
    """Note that the sender agreed to a later day; `reason` says who agreed, and why.

    Raises:
        MoveNotAllowed: it is no order, has no day, was answered, or the actor doesn't decide.
        WrongDay: the new day isn't later than the present one.
        NeedsText, SomebodyWasFaster: see there.
    """
    order = _open_order(session, case, hand, "extend_order")
    if order.wanted_by is None:
        raise MoveNotAllowed("extend_order")
    if until <= order.answer_by or until < clock.today():
        raise WrongDay(until)
    write(session, case, hand, MessageKind.REASON, reason)
    order.answer_by = until
    by = hand.access.staff_id
    record(session, "order_extended", case_id=case.id, by=by, due_on=until.isoformat())
    settle(session, case, hand)


def last_answer(session: Session, case: Case, hand: Hand) -> str:
    """What the reporter was answered last, as far as this person reads it; empty where nothing."""
    kinds = [MessageKind.REPLY]
    kinds += [MessageKind.NOTICE] if case.state is State.DECLINED else []
    letters = correspondence.read_as_unit(session, case, hand.access.openers, kinds)
    return letters[-1].text if letters else ""


def _open_order(session: Session, case: Case, hand: Hand, act: str) -> Order:
    check_decides(session, case, hand, act)
    order = session.get(Order, case.id, with_for_update=True)
    if order is None or order.answered_on is not None:
        raise MoveNotAllowed(act)
    return order
