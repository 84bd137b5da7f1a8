"""Planning a round and closing it (督导, plan 五(二)2: J at the ends of June and September, C at
the ends of June and October)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.accounts.own_units import own_units
from admin.ledger.refusals import SomebodyWasFaster, StepNotAllowed
from admin.rounds import round_texts
from admin.rounds.refusals import OwnUnit, StillOpen, WrongDays
from admin.rounds.round_order import OrderState, RoundOrder
from admin.rounds.round_text import RoundTextKind
from admin.rounds.supervision_round import RoundVisit, SupervisionRound
from intake.cases.event import record
from portal.campaign.book import Book
from portal.campaign.calendar_date import Task
from portal.campaign.unit import UnitKind
from portal.foundation import clock

_KEY_BYTES = 4
# Who can be looked over: whoever handles cases or money, not the bodies that look over themselves.
_VISITED = frozenset(
    {UnitKind.LEAD, UnitKind.DEPARTMENT, UnitKind.SECTION, UnitKind.STREET, UnitKind.COMMUNITY}
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """When, to whom, what for. `duty` is the key of a round in the campaign's calendar."""

    first_on: date
    last_on: date
    units: frozenset[str]
    purpose: str
    duty: str | None = None


def units_to_visit(found: Book) -> list[str]:
    """The codes of the units that a round may visit, in the campaign's order."""
    return [one.code for one in found.units.values() if one.desk and one.kind in _VISITED]


def plan_round(session: Session, *, by: Hand, plan: Plan) -> SupervisionRound:
    """Plan a round.

    Raises:
        StepNotAllowed: not by the office, to nobody, or to a unit that isn't visited.
        WrongDays: it ends before it begins.
        NeedsText: it doesn't say what for.
    """
    rounds = (one for one in by.book.dates if one.task is Task.SUPERVISION_ROUND)
    known = {None, *(one.key for one in rounds)}
    wanted = plan.units and plan.units <= set(units_to_visit(by.book))
    if not by.access.as_office or not wanted or plan.duty not in known:
        raise StepNotAllowed
    if plan.last_on < plan.first_on:
        raise WrongDays
    one = SupervisionRound(
        key=secrets.token_hex(_KEY_BYTES),
        duty=plan.duty,
        first_on=plan.first_on,
        last_on=plan.last_on,
        planned_by=by.access.staff_id,
        planned_at=clock.now(),
    )
    session.add(one)
    session.flush()
    session.add_all(RoundVisit(round_id=one.id, unit_code=unit) for unit in sorted(plan.units))
    round_texts.make_boxes(session, one, by.book.campaign.office_code, plan.units)
    round_texts.write(session, one, RoundTextKind.PURPOSE, plan.purpose, by=by)
    record(session, "round_planned", by=by.access.staff_id, round=one.key)
    session.flush()
    return one


def close_round(session: Session, one: SupervisionRound, *, by: Hand, words: str) -> None:
    """Close a round with what came of it.

    Raises:
        StepNotAllowed: not by the office, or it is closed.
        OwnUnit: it visits a unit that he serves, or one above or below it.
        SomebodyWasFaster: somebody did something about it meanwhile.
        StillOpen: a unit wasn't visited, or an order isn't done.
        NeedsText: there is nothing in the words.
    """
    if not by.access.as_office or one.closed_on is not None:
        raise StepNotAllowed
    if visits_ones_own(session, one, by):
        raise OwnUnit
    if one.version != by.version:
        raise SomebodyWasFaster
    if open_ends(session, one):
        raise StillOpen
    one.version += 1
    one.closed_on, one.closed_by = clock.today(), by.access.staff_id
    round_texts.write(session, one, RoundTextKind.CLOSED, words, by=by)
    record(session, "round_closed", by=by.access.staff_id, round=one.key)
    session.flush()


def may_close(session: Session, one: SupervisionRound, by: Hand) -> bool:
    """Whether this person may close a round now."""
    return (
        one.closed_on is None
        and not visits_ones_own(session, one, by)
        and not open_ends(session, one)
    )


def visits_ones_own(session: Session, one: SupervisionRound, by: Hand) -> bool:
    """Whether a round goes to a unit that a person serves, or to one above or below it."""
    own = RoundVisit.unit_code.in_(own_units(by.book, by.access))
    wanted = select(RoundVisit.id).where(RoundVisit.round_id == one.id, own)
    return session.scalar(wanted.limit(1)) is not None


def open_ends(session: Session, one: SupervisionRound) -> bool:
    """Whether a unit is still to be visited or an order to be done."""
    unvisited = select(RoundVisit.id).where(
        RoundVisit.round_id == one.id, RoundVisit.visited_on.is_(None)
    )
    undone = (
        select(RoundOrder.id)
        .join(RoundVisit, RoundVisit.id == RoundOrder.visit_id)
        .where(RoundVisit.round_id == one.id, RoundOrder.state != OrderState.DONE)
    )
    return any(session.scalar(rows.limit(1)) is not None for rows in (unvisited, undone))
