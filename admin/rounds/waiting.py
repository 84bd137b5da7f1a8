"""What of the rounds waits for a unit: orders that it hasn't reported yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.rounds.round_order import OrderState, RoundOrder
from admin.rounds.round_text import RoundText, RoundTextKind
from admin.rounds.supervision_round import RoundVisit
from portal.campaign.book import Book

# What lays an order before its unit: it was given, or its report was sent back.
_LAID_BY = (RoundTextKind.ORDER, RoundTextKind.REASON)


@dataclass(frozen=True)
class OrdersToDo:
    """How many orders wait for a report, how many of them because one was sent back, and the
    earliest Shanghai day by which one is due."""

    number: int
    sent_back: int
    earliest: date


def orders_to_do(session: Session, access: Access) -> OrdersToDo | None:
    """Those of a person's units; None where there are none."""
    if not access.works_for:
        return None
    back = select(RoundText.id).where(
        RoundText.order_id == RoundOrder.id, RoundText.kind == RoundTextKind.REASON
    )
    number, sent_back, earliest = session.execute(
        select(func.count(), func.count(case((back.exists(), 1))), func.min(RoundOrder.due_on))
        .select_from(RoundOrder)
        .join(RoundVisit, RoundVisit.id == RoundOrder.visit_id)
        .where(_to_do(access))
    ).one()
    return OrdersToDo(number, sent_back, earliest) if number else None


def brings_work(session: Session, access: Access, _book: Book, since: datetime) -> bool:
    """Whether a round has told one of this person's units what to do since then, or has sent a
    report back."""
    if not access.works_for:
        return False
    wanted = (
        select(RoundText.id)
        .join(RoundOrder, RoundOrder.id == RoundText.order_id)
        .join(RoundVisit, RoundVisit.id == RoundOrder.visit_id)
        .where(
            _to_do(access),
            RoundText.kind.in_(_LAID_BY),
            RoundText.written_at > since,
            RoundText.staff_id != access.staff_id,
        )
    )
    return session.scalars(wanted.limit(1)).first() is not None


def _to_do(access: Access) -> ColumnElement[bool]:
    return and_(RoundVisit.unit_code.in_(access.works_for), RoundOrder.state == OrderState.GIVEN)
