"""Whatever people try in whatever order, nothing is struck off before every measure was done, and
the totals reconcile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.files.evidence import Proof
from admin.ledger import carrying, rectifying, reopening, strike_off, unfounded
from admin.ledger.counting import totals_now, totals_on
from admin.ledger.ledger_texts import writers
from admin.ledger.problem import Problem
from admin.ledger.rectifying import PlannedMeasure
from admin.ledger.refusals import MeasuresUndone, NeedsSecondPerson, StepNotAllowed
from portal.published.result import ResultState
from tests.admin.house import House

TODAY, AHEAD = date(2022, 6, 6), date(2022, 9, 30)
NAMES = st.sampled_from(["chen", "lu", "min", "zheng", "tui"])
REFUSED = (MeasuresUndone, NeedsSecondPerson, StepNotAllowed)


def _done(session: Session, problem: Problem, by: Hand) -> None:
    undone = [one for one in rectifying.measures_of(session, problem) if one.done_on is None]
    if undone:
        rectifying.finish_measure(
            session, problem, undone[0], by=by, done_on=TODAY, evidence=Proof("回单")
        )


ACTS: dict[str, Callable[[Session, Problem, Hand], object]] = {
    "measure": lambda s, p, by: rectifying.record_measure(
        s, p, by=by, planned=PlannedMeasure(text="一项措施", person="何经办", due_on=AHEAD)
    ),
    "done": _done,
    "rectified": lambda s, p, by: rectifying.report_rectified(s, p, by=by, word=Proof("改好了")),
    "responsible": lambda s, p, by: rectifying.name_responsible(
        s, p, by=by, leader="甲乙 局长", person="丙丁 科长"
    ),
    "send-back": lambda s, p, by: strike_off.send_back(s, p, by=by, reason="没改好"),
    "strike-off": lambda s, p, by: strike_off.strike_off(s, p, by=by, opinion="同意"),
    "carry-over": lambda s, p, by: carrying.carry_over(s, p, by=by, until=AHEAD, reason="等批复"),
    "resume": lambda s, p, by: carrying.resume(s, p, by=by, rectify_by=AHEAD, reason="批了"),
    "unfounded": lambda s, p, by: unfounded.find_unfounded(s, p, by=by, reason="没有这回事"),
    "reopen": lambda s, p, by: reopening.reopen(s, p, by=by, rectify_by=AHEAD, reason="没改到"),
    "look-again": lambda s, p, by: reopening.look_again(
        s, p, by=by, rectify_by=AHEAD, reason="有新材料"
    ),
}
TRIES = st.sampled_from(sorted(ACTS))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tries=st.lists(st.tuples(NAMES, TRIES), max_size=25))
def test_no_strike_off_without_every_measure_done(
    house: House, tries: list[tuple[str, str]]
) -> None:
    number = house.problem(house.answered_case(submission=f"walk {tries}"))
    with house.deployment.database.writing() as session:
        for name, what in tries:
            problem = house.find(session, number)
            before = (problem.state, problem.version)
            kept = session.begin_nested()
            try:
                ACTS[what](session, problem, house.hand(session, name, problem.version))
            except REFUSED:
                kept.rollback()
                session.expire_all()
                problem = house.find(session, number)
                assert (problem.state, problem.version) == before
            else:
                kept.commit()
            reconciles(session)
            if problem.state is ResultState.STRUCK_OFF:
                measures = rectifying.measures_of(session, problem)
                assert measures
                assert all(one.done_on and one.done_by for one in measures)
                assert problem.rectified_by is not None
            if problem.state in {ResultState.STRUCK_OFF, ResultState.UNFOUNDED}:
                assert problem.settled_by not in writers(session, problem)
                assert problem.settled_on == TODAY
            else:
                assert problem.settled_by is None


def reconciles(session: Session) -> None:
    """The ledger's totals add up, and what was kept of every move says the same."""
    now = totals_now(session)
    ended = now.of(ResultState.STRUCK_OFF) + now.of(ResultState.UNFOUNDED)
    assert now.found == ended + now.in_hand + now.of(ResultState.CARRIED_OVER)
    assert totals_on(session, TODAY).by_state == now.by_state
    assert totals_on(session, date(2022, 6, 5)).found == 0
