"""What orders would become, shown before they are registered: who would handle each, or that it is
there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.orders.demand import Demand
from intake.at_work import AtWork, at_work
from intake.cases.case import Case
from intake.cases.order import Order
from intake.draft import Draft
from intake.order_number import stamp_of
from intake.route import route
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock

_HIDDEN = "先有人看，再交给有权办的单位"


@dataclass(frozen=True)
class Becoming:
    """What an order would become. `known` says that its number is there already; `number` is the
    case's, where this person may see it. Whose it would be is said of nothing that accuses
    somebody: whoever enters it may be of the very unit."""

    known: bool
    number: str | None = None
    kind: str = ""
    policy: str = ""
    problem: str = ""
    unit: str = ""


def becoming(
    session: Session, access: Access, book: Book, orders: Sequence[tuple[Draft, Demand]]
) -> list[Becoming]:
    """What each draft would become if it were registered now."""
    stamps = [stamp_of(session, demand.source, demand.number) for _, demand in orders]
    known = _known(session, access, stamps)
    staff = at_work(session)
    return [
        Becoming(known=True, number=known[stamp]) if stamp in known else _new(draft, book, staff)
        for stamp, (draft, _) in zip(stamps, orders, strict=True)
    ]


def _known(session: Session, access: Access, stamps: Sequence[str]) -> Mapping[str, str | None]:
    """The case's number behind each stamp that is there already; None where it isn't this person's
    to see."""
    found = session.execute(
        select(Order.number_stamp, Order.case_id).where(Order.number_stamp.in_(stamps))
    ).all()
    ids = [row.case_id for row in found]
    seen = session.execute(
        select(Case.id, Case.number).where(Case.id.in_(ids), visible(access))
    ).all()
    numbers = {row.id: row.number for row in seen}
    return {row.number_stamp: numbers.get(row.case_id) for row in found}


def _new(draft: Draft, book: Book, staff: AtWork) -> Becoming:
    decision = route(draft, book, clock.today(), staff)
    hidden = draft.kind is Kind.TIP_OFF or decision.accusing
    policy, problem = decision.policy, decision.problem
    return Becoming(
        known=False,
        kind=draft.kind.official,
        policy=book.policies[policy].name if policy else "",
        problem=book.problem_types[problem].plain_text if problem else "",
        unit=_HIDDEN if hidden else book.units[decision.unit].name,
    )
