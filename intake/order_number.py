"""The number under which another body knows an order: known again by a stamp, readable by whoever
on the staff side may read it, and by nobody else."""

from __future__ import annotations

import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import Channel
from intake.cases.former_number import FormerNumber
from intake.cases.order import Order
from intake.vault.vault import vault_of

# What stands in place of a number that was destroyed with its case.
DESTROYED = b""


def stamp_of(session: Session, source: Channel, number: str) -> str:
    """By what an order is known again: two spellings of one number give one stamp, the same number
    of two senders two. Only the staff side can make it, so that nobody tries numbers against a copy
    of the database."""
    return _stamps(session, source, number)[0]


def seal_anew(session: Session, row: Order | FormerNumber, source: Channel) -> None:
    """Stamp and seal a number by the newest keys.

    Raises:
        DoesNotOpen: as `number_of`.
    """
    number = number_of(session, row)
    row.number_stamp = stamp_of(session, source, number)
    row.number_sealed = seal_number(session, row.number_stamp, number)


def order_numbered(session: Session, source: Channel, number: str) -> Order | None:
    """The order that came from a sender under a number, whoever may see it."""
    stamps = _stamps(session, source, number)
    return session.scalars(select(Order).where(Order.number_stamp.in_(stamps))).first()


def formerly_numbered(session: Session, source: Channel, number: str) -> list[FormerNumber]:
    """The orders that were entered under a number by mistake, the latest first."""
    stamps = _stamps(session, source, number)
    wanted = select(FormerNumber).where(FormerNumber.number_stamp.in_(stamps))
    return list(session.scalars(wanted.order_by(FormerNumber.id.desc())))


def former_numbers(session: Session, case_id: int) -> list[str]:
    """The wrong numbers under which an order stood, the latest first."""
    wanted = select(FormerNumber).where(FormerNumber.case_id == case_id)
    found = session.scalars(wanted.order_by(FormerNumber.id.desc()))
    return [number_of(session, one) for one in found]


def seal_number(session: Session, stamp: str, number: str) -> bytes:
    """The number as it is stored, bound to its stamp."""
    return vault_of(session).seal_under_master(number.encode(), _context(stamp))


def number_of(session: Session, order: Order | FormerNumber) -> str:
    """The sender's number as it was written; empty once it was destroyed with its case.

    Raises:
        DoesNotOpen: somebody put another order's number into its place.
    """
    if order.number_sealed == DESTROYED:
        return ""
    context = _context(order.number_stamp)
    return vault_of(session).open_under_master(order.number_sealed, context).decode()


def plain_number(number: str) -> str:
    """A number as it is compared: full width, case and spaces don't make another one."""
    return "".join(unicodedata.normalize("NFKC", number).upper().split())


def _stamps(session: Session, source: Channel, number: str) -> tuple[str, ...]:
    return vault_of(session).stamps("order-number", source, plain_number(number))


def _context(stamp: str) -> bytes:
    return f"order-number|{stamp}".encode()
