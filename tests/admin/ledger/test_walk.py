"""Whatever people try in whatever order, nothing is struck off before every measure was done."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from admin.ledger import ledger, strike_off
from admin.ledger.hand import MeasuresUndone, NeedsSecondPerson, StepNotAllowed
from admin.ledger.ledger_texts import writers
from portal.published.result import ResultState
from tests.admin.house import House

NAMES = st.sampled_from(["chen", "lu", "min", "zheng", "tui"])
TRIES = st.sampled_from(["measure", "done", "rectified", "send-back", "strike-off", "responsible"])
REFUSED = (MeasuresUndone, NeedsSecondPerson, StepNotAllowed)


def attempt(house: House, session: Session, number: str, name: str, what: str) -> None:
    problem = house.find(session, number)
    by = house.hand(session, name, problem.version)
    if what == "measure":
        ledger.record_measure(session, problem, by=by, text="一项措施")
    elif what == "done":
        undone = [one for one in ledger.measures_of(session, problem) if one.done_on is None]
        if undone:
            day = date(2022, 6, 6)
            ledger.finish_measure(session, problem, undone[0], by=by, done_on=day, evidence="回单")
    elif what == "rectified":
        ledger.report_rectified(session, problem, by=by, word="改好了")
    elif what == "responsible":
        ledger.name_responsible(session, problem, by=by, leader="甲乙 局长", person="丙丁 科长")
    elif what == "send-back":
        strike_off.send_back(session, problem, by=by, reason="没改好")
    else:
        strike_off.strike_off(session, problem, by=by, opinion="同意")


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
                attempt(house, session, number, name, what)
            except REFUSED:
                kept.rollback()
                session.expire_all()
                problem = house.find(session, number)
                assert (problem.state, problem.version) == before
            else:
                kept.commit()
            if problem.state is ResultState.STRUCK_OFF:
                measures = ledger.measures_of(session, problem)
                assert measures
                assert all(one.done_on and one.done_by for one in measures)
                assert problem.rectified_by is not None
                assert problem.struck_off_by not in writers(session, problem)
                assert problem.struck_off_on == date(2022, 6, 6)
