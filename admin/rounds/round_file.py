"""Reading rounds for their pages: all of one for the office, of orders what concerns a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Select, func, select, true
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.accounts.own_units import keeps_the_office_s_own
from admin.ledger.problem import Problem
from admin.rounds import round_texts
from admin.rounds.planning import visits_ones_own
from admin.rounds.round_order import OrderState, RoundOrder
from admin.rounds.round_text import RoundTextKind
from admin.rounds.round_texts import Opened
from admin.rounds.supervision_round import RoundProblem, RoundVisit, SupervisionRound
from portal.foundation import clock
from portal.foundation.long_list import LongList


class NoSuchRound(LookupError):
    """There is none, or none that this person may see: nobody is told which."""


@dataclass(frozen=True)
class RoundLine:
    """One round of the list with how far it is: numbers of units, orders, problems."""

    round: SupervisionRound
    units: int
    visited: int
    open_orders: int
    late_orders: int
    problems: int


@dataclass(frozen=True)
class OrderFile:
    """One order with its round, its visit and what was written about it, oldest first."""

    round: SupervisionRound
    visit: RoundVisit
    order: RoundOrder
    texts: tuple[Opened, ...]

    @property
    def text(self) -> str:
        """What the unit was told to do."""
        return next((one.text for one in self.texts if one.kind is RoundTextKind.ORDER), "")


@dataclass(frozen=True)
class VisitFile:
    """One visit: what was seen, its orders, the problems that it found."""

    visit: RoundVisit
    seen: tuple[Opened, ...]
    orders: tuple[OrderFile, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class RoundFile:
    """One round, opened as the office. `purpose` and `closing_words` are empty where it visits a
    unit of the reader's own."""

    round: SupervisionRound
    purpose: str
    closing_words: str
    visits: tuple[VisitFile, ...]


def orders_visible(access: Access) -> ColumnElement[bool]:
    """The condition under which an order joined with its visit exists for this person."""
    return true() if access.as_office else RoundVisit.unit_code.in_(access.desks)


def find_round(
    session: Session, access: Access, key: str, *, to_change: bool = False
) -> SupervisionRound:
    """The round of that key. `to_change` holds the row: the later of two writers waits.

    Raises:
        NoSuchRound: there is none, or the reader isn't of the office.
    """
    wanted = select(SupervisionRound).where(SupervisionRound.key == key)
    one = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if one is None or not access.as_office:
        raise NoSuchRound(key)
    return one


def find_visit(session: Session, one: SupervisionRound, unit: str, by: Hand) -> RoundVisit:
    """A round's visit of a unit, for somebody of the office.

    Raises:
        NoSuchRound: it doesn't go there, or the unit is the reader's own: nobody is told which.
    """
    visit = session.scalars(
        select(RoundVisit).where(RoundVisit.round_id == one.id, RoundVisit.unit_code == unit)
    ).first()
    if visit is None or not keeps_the_office_s_own(by.book, by.access, unit):
        raise NoSuchRound(unit)
    return visit


def find_order(
    session: Session, access: Access, key: str, *, to_change: bool = False
) -> tuple[SupervisionRound, RoundVisit, RoundOrder]:
    """An order with its round and visit.

    Raises:
        NoSuchRound: there is none, or not for this person.
    """
    wanted = (
        select(SupervisionRound, RoundVisit, RoundOrder)
        .join(RoundVisit, RoundVisit.round_id == SupervisionRound.id)
        .join(RoundOrder, RoundOrder.visit_id == RoundVisit.id)
        .where(RoundOrder.key == key, orders_visible(access))
    )
    row = session.execute(wanted.with_for_update() if to_change else wanted).first()
    if row is None:
        raise NoSuchRound(key)
    return row[0], row[1], row[2]


def open_order(session: Session, access: Access, key: str, hand: Hand) -> OrderFile:
    """An order, opened.

    Raises:
        NoSuchRound: see `find_order`.
    """
    one, visit, order = find_order(session, access, key)
    texts = round_texts.read_visit(session, one, visit, hand)
    return OrderFile(one, visit, order, tuple(t for t in texts if t.order_id == order.id))


def open_round(session: Session, one: SupervisionRound, hand: Hand) -> RoundFile:
    """A round, opened as the office; visits of one's own units are left out, as they are for
    those, and with them what is said of all visits at once."""
    own = round_texts.read_own(session, one, hand)
    of_all = [] if visits_ones_own(session, one, hand) else own
    visits = session.scalars(
        select(RoundVisit).where(RoundVisit.round_id == one.id).order_by(RoundVisit.id)
    ).all()
    return RoundFile(
        round=one,
        purpose=_first(of_all, RoundTextKind.PURPOSE),
        closing_words=_first(of_all, RoundTextKind.CLOSED),
        visits=tuple(
            _visit_file(session, one, visit, own, hand)
            for visit in visits
            if keeps_the_office_s_own(hand.book, hand.access, visit.unit_code)
        ),
    )


def list_rounds(session: Session, own: frozenset[str] = frozenset()) -> list[RoundLine]:
    """Every round, the newest first, for the office; of the units of these codes, which are the
    reader's own, nothing is counted."""
    rounds = session.scalars(select(SupervisionRound).order_by(SupervisionRound.id.desc())).all()
    visits = _by_round().where(RoundVisit.unit_code.not_in(own))
    of_orders = visits.join(RoundOrder, RoundOrder.visit_id == RoundVisit.id)
    of_problems = visits.join(RoundProblem, RoundProblem.visit_id == RoundVisit.id)
    counts = [
        {row[0]: row[1] for row in session.execute(query)}
        for query in (
            visits,
            visits.where(RoundVisit.visited_on.is_not(None)),
            of_orders.where(RoundOrder.state != OrderState.DONE),
            of_orders.where(_late()),
            of_problems,
        )
    ]
    return [RoundLine(one, *(count.get(one.id, 0) for count in counts)) for one in rounds]


def _by_round() -> Select[int, int]:
    return select(RoundVisit.round_id, func.count()).group_by(RoundVisit.round_id)


def orders_for(session: Session, access: Access, hand: Hand) -> LongList[OrderFile]:
    """The orders to a person's units, those to be done first, then by their day."""
    wanted = (
        select(SupervisionRound, RoundVisit, RoundOrder)
        .join(RoundVisit, RoundVisit.round_id == SupervisionRound.id)
        .join(RoundOrder, RoundOrder.visit_id == RoundVisit.id)
        .where(RoundVisit.unit_code.in_(access.desks))
        .order_by(RoundOrder.state == OrderState.DONE, RoundOrder.due_on, RoundOrder.id)
    )

    def opened(row: Row[SupervisionRound, RoundVisit, RoundOrder]) -> OrderFile:
        one, visit, order = row
        texts = round_texts.read_visit(session, one, visit, hand)
        return OrderFile(one, visit, order, tuple(t for t in texts if t.order_id == order.id))

    return LongList(session, wanted, opened)


def count_late_orders(session: Session, own: frozenset[str]) -> int:
    """How many orders are past their day without a report; those to the units of these codes, which
    are the reader's own, aren't counted."""
    wanted = (
        select(func.count())
        .select_from(RoundOrder)
        .join(RoundVisit, RoundVisit.id == RoundOrder.visit_id)
        .where(_late(), RoundVisit.unit_code.not_in(own))
    )
    return session.scalar(wanted) or 0


def count_reported_orders(session: Session, own: frozenset[str]) -> int:
    """How many reports wait for the office; those of the units of these codes, which are the
    reader's own, aren't counted."""
    wanted = (
        select(func.count())
        .select_from(RoundOrder)
        .join(RoundVisit, RoundVisit.id == RoundOrder.visit_id)
        .where(RoundOrder.state == OrderState.REPORTED, RoundVisit.unit_code.not_in(own))
    )
    return session.scalar(wanted) or 0


def _late() -> ColumnElement[bool]:
    return (RoundOrder.state == OrderState.GIVEN) & (RoundOrder.due_on < clock.today())


def _visit_file(
    session: Session, one: SupervisionRound, visit: RoundVisit, own: Sequence[Opened], hand: Hand
) -> VisitFile:
    texts = round_texts.read_visit(session, one, visit, hand)
    orders = session.scalars(
        select(RoundOrder).where(RoundOrder.visit_id == visit.id).order_by(RoundOrder.id)
    )
    problems = session.scalars(
        select(Problem)
        .join(RoundProblem, RoundProblem.problem_id == Problem.id)
        .where(RoundProblem.visit_id == visit.id)
        .order_by(Problem.id)
    )
    return VisitFile(
        visit=visit,
        seen=tuple(t for t in own if t.visit_id == visit.id),
        orders=tuple(
            OrderFile(one, visit, order, tuple(t for t in texts if t.order_id == order.id))
            for order in orders
        ),
        problems=tuple(problems),
    )


def _first(texts: Sequence[Opened], kind: RoundTextKind) -> str:
    return next((one.text for one in texts if one.kind is kind), "")
