"""Entering an order (登记来单): its words become a case like any other, and beside the case stands
what its sender demands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin.orders.demand import Demand
from intake.cases.case import NO_DUE_DATE, Case
from intake.cases.event import record
from intake.cases.order import Order
from intake.dates import set_dates
from intake.draft import Draft
from intake.order_number import order_numbered, seal_number, stamp_of
from intake.prepare import Prepared, prepare
from intake.register import register
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.database import Database

# A case number may be drawn twice, and two people may enter one order at once.
_TRIES = 3


@dataclass(frozen=True)
class Entered:
    """The case of an order; `fresh` where it was registered just now."""

    case: Case
    fresh: bool


def enter(
    session: Session, draft: Draft, demand: Demand, prepared: Prepared | None = None
) -> Entered:
    """Register an order. The same number of the same sender is one case, whoever enters it and
    whatever its words are then.

    Raises:
        NoCampaign: nothing is loaded.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    earlier = order_numbered(session, demand.source, demand.number)
    if earlier is not None:
        return Entered(session.get_one(Case, earlier.case_id), fresh=False)
    by = draft.recorded_by
    assert by is not None  # noqa: S101  # Nobody but staff enters orders.
    case = register(session, draft, prepared).case
    if session.get(Order, case.id) is not None:
        # The same words under a number that was put right since then.
        return Entered(case, fresh=False)
    session.add(_order(session, case, demand, by))
    if demand.answer_by:
        days = {"on": demand.ordered_on.isoformat(), "due_on": demand.answer_by.isoformat()}
        record(session, "ordered", case_id=case.id, by=by, **days)
    set_dates(session, case, book(session))
    session.flush()
    return Entered(case, fresh=True)


def enter_alone(database: Database, draft: Draft, demand: Demand) -> Entered:
    """Enter one order and commit it, prepared before the turn at writing."""
    for _ in range(_TRIES - 1):
        try:
            return _enter_once(database, draft, demand)
        except IntegrityError:
            continue
    return _enter_once(database, draft, demand)


def as_submission(session: Session, draft: Draft, demand: Demand) -> Draft:
    """The draft under a submission id that follows from the sender's number."""
    return replace(draft, submission=f"order {stamp_of(session, demand.source, demand.number)}")


def _enter_once(database: Database, draft: Draft, demand: Demand) -> Entered:
    with database.reading() as session:
        draft = as_submission(session, draft, demand)
        prepared = prepare(session, draft)
    with database.writing() as session:
        return enter(session, draft, demand, prepared)


def _order(session: Session, case: Case, demand: Demand, by: int) -> Order:
    stamp = stamp_of(session, demand.source, demand.number)
    return Order(
        case_id=case.id,
        source=demand.source,
        number_stamp=stamp,
        number_sealed=seal_number(session, stamp, demand.number),
        from_unit=demand.from_unit,
        ordered_on=demand.ordered_on,
        answer_by=demand.answer_by or NO_DUE_DATE,
        entered_by=by,
        entered_at=clock.now(),
    )
