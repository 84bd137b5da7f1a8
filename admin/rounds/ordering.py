"""Telling a unit what to do by when, its report, and the office's word that it is done."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.files.evidence import Proof
from admin.ledger.refusals import SomebodyWasFaster, StepNotAllowed
from admin.rounds import round_texts
from admin.rounds.refusals import WrongDays
from admin.rounds.round_order import OrderState, RoundOrder
from admin.rounds.round_text import RoundTextKind
from admin.rounds.round_texts import About
from admin.rounds.supervision_round import RoundVisit, SupervisionRound
from admin.rounds.visiting import check_visitor
from intake.cases.event import record
from portal.foundation import clock

_KEY_BYTES = 4


def give_order(
    session: Session,
    one: SupervisionRound,
    visit: RoundVisit,
    *,
    by: Hand,
    text: str,
    due_on: date,
) -> RoundOrder:
    """Tell a visited unit what to do, by a Shanghai day. It reads what is written.

    Raises:
        StepNotAllowed: nobody was there yet, or see `check_visitor`.
        WrongDays: the day isn't ahead.
        OwnUnit, NeedsText: see there.
    """
    check_visitor(one, visit, by)
    if visit.visited_on is None:
        raise StepNotAllowed
    if due_on <= clock.today():
        raise WrongDays
    order = RoundOrder(
        key=secrets.token_hex(_KEY_BYTES),
        visit_id=visit.id,
        state=OrderState.GIVEN,
        due_on=due_on,
        given_by=by.access.staff_id,
    )
    session.add(order)
    session.flush()
    one.version += 1
    round_texts.write(session, one, RoundTextKind.ORDER, text, by=by, about=About(visit, order))
    _note(session, "round_order_given", order, by)
    return order


def report_order(
    session: Session,
    one: SupervisionRound,
    visit: RoundVisit,
    order: RoundOrder,
    *,
    by: Hand,
    report: Proof,
) -> None:
    """Report, as the unit, what was done, with photographs and papers where there are any.

    Raises:
        StepNotAllowed: not by this unit, or it was reported already.
        SomebodyWasFaster, NeedsText: see there.
    """
    if visit.unit_code not in by.access.desks or order.state is not OrderState.GIVEN:
        raise StepNotAllowed
    _count_on(order, by)
    order.state, order.reported_on = OrderState.REPORTED, clock.today()
    round_texts.write(session, one, RoundTextKind.REPORT, report, by=by, about=About(visit, order))
    _note(session, "round_order_reported", order, by)


def accept_report(
    session: Session,
    one: SupervisionRound,
    visit: RoundVisit,
    order: RoundOrder,
    *,
    by: Hand,
    text: str,
) -> None:
    """Say that it is done, and by what one sees it.

    Raises:
        StepNotAllowed: nothing was reported, or see `check_visitor`.
        OwnUnit, SomebodyWasFaster, NeedsText: see there.
    """
    _check_reported(one, visit, order, by)
    order.state, order.done_on = OrderState.DONE, clock.today()
    one.version += 1
    round_texts.write(session, one, RoundTextKind.ACCEPTED, text, by=by, about=About(visit, order))
    _note(session, "round_order_done", order, by)


def send_report_back(
    session: Session,
    one: SupervisionRound,
    visit: RoundVisit,
    order: RoundOrder,
    *,
    by: Hand,
    text: str,
) -> None:
    """Send a report back: it isn't done yet, and why.

    Raises:
        StepNotAllowed: nothing was reported, or see `check_visitor`.
        OwnUnit, SomebodyWasFaster, NeedsText: see there.
    """
    _check_reported(one, visit, order, by)
    order.state, order.reported_on = OrderState.GIVEN, None
    round_texts.write(session, one, RoundTextKind.REASON, text, by=by, about=About(visit, order))
    _note(session, "round_order_sent_back", order, by)


def _check_reported(one: SupervisionRound, visit: RoundVisit, order: RoundOrder, by: Hand) -> None:
    check_visitor(one, visit, by)
    if order.state is not OrderState.REPORTED:
        raise StepNotAllowed
    _count_on(order, by)


def _count_on(order: RoundOrder, by: Hand) -> None:
    if order.version != by.version:
        raise SomebodyWasFaster
    order.version += 1


def _note(session: Session, event: str, order: RoundOrder, by: Hand) -> None:
    record(session, event, by=by.access.staff_id, order=order.key)
    session.flush()
