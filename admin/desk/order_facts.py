"""What the page of a case says of the order that it came as, to those who may read it.

Whoever looks a number up in the sender's system finds there who rang. So of what accuses somebody
only those read it who decide; the others read that it was an order, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.order import Order
from intake.order_number import former_numbers, number_of

UNNAMED = "来单"


@dataclass(frozen=True)
class OrderFacts:
    """An order as somebody may read of it. `number` is None where it isn't his to read; `decides`
    says whether he answers the sender, `times` how often that one has sent it."""

    source: str
    number: str | None
    ordered_on: date
    wanted_by: date | None
    answered_on: date | None
    decides: bool
    times: int = 1
    former_numbers: Sequence[str] = ()


def order_facts(session: Session, case: Case, *, decides: bool) -> OrderFacts | None:
    """The order that a case came as; None for what came otherwise, and for a part of one."""
    order = session.get(Order, case.id) if case.channel.is_order else None
    if order is None:
        return None
    hidden = _hides_its_source(case) and not decides
    return OrderFacts(
        source=UNNAMED if hidden else order.source.official,
        number=None if hidden else number_of(session, order),
        ordered_on=order.ordered_on,
        wanted_by=order.wanted_by,
        answered_on=order.answered_on,
        decides=decides,
        times=order.times,
        former_numbers=former_numbers(session, case.id) if decides else (),
    )


def door_of(case: Case, facts: OrderFacts | None) -> str:
    """By which door a case came, for whoever reads these facts of its order."""
    if facts is not None:
        return facts.source
    hidden = case.channel.is_order and _hides_its_source(case)
    return UNNAMED if hidden else case.channel.official


def _hides_its_source(case: Case) -> bool:
    """A part is silent too: the whole may accuse somebody."""
    return case.accusing or case.is_tip_off or case.part_of_id is not None
