"""The signs of shirking by unit, and what stands behind each number: one query for both, so that a
number is always as long as its list. They judge nobody: extensions and returns can be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.figures.milestone import Milestone, Step
from admin.figures.scope import ACCUSES
from admin.ledger.day_come import DayCome
from admin.ledger.problem import Problem
from admin.returns.waiting import outstanding
from admin.rounds.round_order import OrderState, RoundOrder
from admin.rounds.supervision_round import RoundVisit
from intake.cases.case import Case
from portal.campaign.book import Book
from portal.foundation import clock


class Sign(StrEnum):
    """One sort of sign; the values are words of addresses."""

    RETURNED_WRONGLY = "returned-wrongly"
    RETURNED_RIGHTLY = "returned-rightly"
    OVERDUE = "overdue"
    EXTENDED = "extended"
    REOPENED = "reopened"
    PROBLEMS_LATE = "problems-late"
    ORDERS_LATE = "orders-late"
    RETURNS_MISSING = "returns-missing"

    @property
    def official(self) -> str:
        """What stands above its column."""
        return _OFFICIAL[self]


_OFFICIAL = {
    Sign.RETURNED_WRONGLY: "不该退的退单",
    Sign.RETURNED_RIGHTLY: "退得对的退单",
    Sign.OVERDUE: "超期的件",
    Sign.EXTENDED: "延期以后才答复",
    Sign.REOPENED: "重办的件",
    Sign.PROBLEMS_LATE: "过了整改时限的问题",
    Sign.ORDERS_LATE: "督导交代超期的事",
    Sign.RETURNS_MISSING: "没有报的月报",
}
_STEPS: Mapping[Sign, tuple[Step, ...]] = {
    Sign.RETURNED_WRONGLY: (Step.RETURN_WRONG,),
    Sign.RETURNED_RIGHTLY: (Step.RETURN_RIGHT,),
    Sign.OVERDUE: (Step.SIGNING_OVERDUE, Step.ANSWER_OVERDUE, Step.OVERDUE),
    Sign.EXTENDED: (Step.ANSWERED,),
    Sign.REOPENED: (Step.REOPENED,),
}


@dataclass(frozen=True)
class Time:
    """From one Shanghai day to another, both included. What is late now is counted as it stands."""

    first: date
    last: date


@dataclass(frozen=True)
class Behind:
    """One thing behind a number: of which unit, its number or key, and the day that it hangs on."""

    unit: str
    key: str
    on: date


def behind(session: Session, access: Access, found: Book, sign: Sign, time: Time) -> list[Behind]:
    """Everything of one sign that this person of the office may see, by its day; of one unit each
    case once."""
    return list(_rows(session, found, sign, time, visible(access)))


def counted(
    session: Session, access: Access, found: Book, time: Time
) -> dict[str, dict[Sign, int]]:
    """The numbers of each unit that has any, in the campaign's order: it is no order of merit."""
    return _by_unit(found, {s: behind(session, access, found, s, time) for s in Sign})


def to_be_told(session: Session, found: Book, time: Time) -> dict[str, dict[Sign, int]]:
    """The numbers of each unit that may be told to others, in a letter or on paper: cases that
    accuse somebody are left out."""
    return _by_unit(found, {s: _rows(session, found, s, time, ~ACCUSES) for s in Sign})


def _by_unit(found: Book, rows: Mapping[Sign, Iterable[Behind]]) -> dict[str, dict[Sign, int]]:
    counts: dict[str, dict[Sign, int]] = defaultdict(dict)
    for sign, those in rows.items():
        for one in those:
            counts[one.unit][sign] = counts[one.unit].get(sign, 0) + 1
    return {code: counts[code] for code in found.units if code in counts}


def _rows(
    session: Session, found: Book, sign: Sign, time: Time, which: ColumnElement[bool]
) -> Iterable[Behind]:
    """What stands behind a sign; `which` narrows the cases."""
    match sign:
        case Sign.PROBLEMS_LATE:
            return _problems(session)
        case Sign.ORDERS_LATE:
            return _orders(session)
        case Sign.RETURNS_MISSING:
            return _returns(session, found)
        case _:
            return _cases(session, sign, time, which)


def _cases(
    session: Session, sign: Sign, time: Time, which: ColumnElement[bool]
) -> Iterator[Behind]:
    wanted = (
        select(Milestone.unit_code, Case.number, Milestone.happened_on)
        .join(Case, Case.id == Milestone.case_id)
        .where(
            Milestone.step.in_(_STEPS[sign]),
            Milestone.happened_on.between(time.first, time.last),
            which,
        )
        .order_by(Milestone.happened_on, Milestone.id)
    )
    if sign is Sign.EXTENDED:
        wanted = wanted.where(Milestone.extended)
    seen = set()
    for unit, number, on in session.execute(wanted):
        if (unit, number) not in seen:
            seen.add((unit, number))
            yield Behind(unit, number, on)


def _problems(session: Session) -> Iterator[Behind]:
    wanted = (
        select(Problem.unit_code, Problem.number, Problem.rectify_by)
        .where(DayCome.LATE.on(clock.today()))
        .order_by(Problem.rectify_by, Problem.id)
    )
    for unit, number, on in session.execute(wanted):
        yield Behind(unit, number, on)


def _orders(session: Session) -> Iterator[Behind]:
    wanted = (
        select(RoundVisit.unit_code, RoundOrder.key, RoundOrder.due_on)
        .join(RoundVisit, RoundVisit.id == RoundOrder.visit_id)
        .where(RoundOrder.state == OrderState.GIVEN, RoundOrder.due_on < clock.today())
        .order_by(RoundOrder.due_on, RoundOrder.id)
    )
    for unit, key, on in session.execute(wanted):
        yield Behind(unit, key, on)


def _returns(session: Session, found: Book) -> Iterator[Behind]:
    today = clock.today()
    for one in outstanding(session, found, found.units.keys(), today):
        if one.period.due_on < today:
            month = f"{one.period.last:%Y-%m}/{one.unit}/{one.receiver}"
            yield Behind(one.unit, month, one.period.due_on)
