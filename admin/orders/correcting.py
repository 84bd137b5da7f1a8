"""Putting an order's number right (改编号): it was entered under another one than its sender's."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, check_decides, settle, write
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.former_number import FormerNumber
from intake.cases.message import MessageKind
from intake.cases.order import Order
from intake.order_number import number_of, order_numbered, plain_number, seal_number, stamp_of
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation import clock


class NumberTaken(Exception):
    """Another order of the same sender has this number."""


class SameNumber(Exception):
    """It is the number that the order has already, however it is spelled."""


def correct_number(session: Session, case: Case, hand: Hand, *, number: str, reason: str) -> None:
    """Give an order its right number; the wrong one stays beside it and is still found.

    Raises:
        MoveNotAllowed: it is no order, or the actor doesn't decide about the case.
        NumberTaken, SameNumber: see there.
        NeedsText, SomebodyWasFaster: see there.
    """
    check_decides(session, case, hand, "correct_number")
    order = session.get(Order, case.id, with_for_update=True)
    if order is None:
        raise MoveNotAllowed("correct_number")
    if plain_number(number) == plain_number(number_of(session, order)):
        raise SameNumber
    if order_numbered(session, order.source, number) is not None:
        raise NumberTaken
    # Whoever looks the number up finds who rang: so the reason stays with who decides.
    write(session, case, hand, MessageKind.RULING, reason)
    session.add(_kept(order, hand))
    stamp = stamp_of(session, order.source, number)
    order.number_stamp, order.number_sealed = stamp, seal_number(session, stamp, number)
    record(session, "order_number_corrected", case_id=case.id, by=hand.access.staff_id)
    settle(session, case, hand)


def _kept(order: Order, hand: Hand) -> FormerNumber:
    return FormerNumber(
        case_id=order.case_id,
        number_stamp=order.number_stamp,
        number_sealed=order.number_sealed,
        corrected_by=hand.access.staff_id,
        corrected_at=clock.now(),
    )
