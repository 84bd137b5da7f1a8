"""What holds a case though its day has come: somebody decided so, or something of it isn't over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.filing.filing_list import was_filed
from admin.ledger.problem import Problem, ProblemCase
from admin.retention.destruction_hold import DestructionHold
from admin.supervision.supervision import Supervision
from intake.cases.case import Case
from intake.cases.follow_up import FollowUp
from intake.cases.order import Order
from intake.cases.referral import RUNNING, Referral
from intake.cases.rights_request import RightsRequest
from intake.rules.lifecycle import State
from intake.rules.retention import Hold, that_hold
from portal.published.result import ResultState

_SETTLED = (ResultState.STRUCK_OFF, ResultState.UNFOUNDED)


def holds_of(
    session: Session, cases: Iterable[Case], *, but_request: int = 0
) -> Mapping[int, frozenset[Hold]]:
    """What holds each of some cases, by their ids, without the request of that id. Give a few
    hundred at a time."""
    by_id = {case.id: case for case in cases}
    held: dict[int, set[Hold]] = {case_id: set() for case_id in by_id}
    for hold, wanted in _by_hold(by_id.keys(), but_request):
        for case_id in session.scalars(wanted):
            held[case_id].add(hold)
    return {
        case_id: that_hold(found, withdrawn=by_id[case_id].state is State.WITHDRAWN)
        for case_id, found in held.items()
    }


def holds_of_family(
    session: Session, family: Sequence[Case], *, but_request: int = 0
) -> frozenset[Hold]:
    """What holds any of the cases of one message, without the request of that id: then all of them
    wait."""
    held = holds_of(session, family, but_request=but_request)
    return frozenset[Hold]().union(*held.values())


def running_hold(session: Session, case: Case) -> DestructionHold | None:
    """The hold that somebody decided on; None where nobody did, or it was ended."""
    wanted = select(DestructionHold).where(
        DestructionHold.case_id == case.id, DestructionHold.ended_at.is_(None)
    )
    return session.scalars(wanted).first()


def _by_hold(ids: Collection[int], but_request: int) -> Iterator[tuple[Hold, Select[int]]]:
    def of(column: InstrumentedAttribute[int], *conditions: ColumnElement[bool]) -> Select[int]:
        return select(column).where(column.in_(list(ids)), *conditions)

    yield Hold.DECIDED, of(DestructionHold.case_id, DestructionHold.ended_at.is_(None))
    yield Hold.REFERRAL, of(Referral.case_id, Referral.state.in_(RUNNING))
    yield Hold.SUPERVISION, of(Supervision.case_id, Supervision.closed_at.is_(None))
    fed = of(ProblemCase.case_id, Problem.state.not_in(_SETTLED))
    yield Hold.PROBLEM, fed.join(Problem, Problem.id == ProblemCase.problem_id)
    yield Hold.ORDER, of(Order.case_id, Order.answered_on.is_(None))
    waits = (FollowUp.why.is_not(None), FollowUp.outcome.is_(None))
    yield Hold.FOLLOW_UP, of(FollowUp.case_id, *waits)
    yield Hold.FILING, of(Case.id, ~was_filed())
    asked = select(Case.id).join(RightsRequest, RightsRequest.case_id == Case.id)
    waiting = (RightsRequest.decided_at.is_(None), RightsRequest.id != but_request)
    yield Hold.RIGHTS, asked.where(Case.id.in_(list(ids)), *waiting)
