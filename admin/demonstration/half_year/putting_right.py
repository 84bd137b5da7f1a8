"""How a problem of the ledger goes on, one step on each of some days: measures, evidence, the
head's word, struck off by somebody else; some are carried over, unfounded, sent back, reopened or
referred."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

from admin.accounts.hand import Hand
from admin.demonstration.half_year.cast import Desk
from admin.demonstration.half_year.stage import MARK, Sitting
from admin.files.evidence import Proof
from admin.ledger import carrying, rectifying, referring, reopening, strike_off, unfounded
from admin.ledger.problem import Problem
from admin.ledger.rectifying import PlannedMeasure
from admin.ledger.referring import Referred
from admin.ledger.strike_off import may_approve
from portal.foundation.staff import Staff
from portal.published.result import ResultState

_UNFOUNDED, _CARRIED, _SENT_BACK, _REOPENED, _REFERRED, _SLOW = 0.05, 0.05, 0.08, 0.03, 0.03, 0.15
_WITH_PHOTOGRAPH = 0.03
_MEASURES = ("逐户核对账号，把少发的补上。", "每月拍照，留下公示的底子。", "和民政的数据每月比对。")


def go_on(sitting: Sitting, problem_id: int) -> None:
    """Take the next step of a problem, and put the one after it on the agenda."""
    problem = sitting.session.get_one(Problem, problem_id)
    step, desk = _STEPS.get(problem.state), sitting.cast.desks.get(problem.unit_code)
    if step is None or desk is None or not step(sitting, problem, desk):
        return
    slow = sitting.dice.happens(_SLOW)
    sitting.later(*((20, 40) if slow else (2, 10)), partial(go_on, problem_id=problem_id))


def _begin(sitting: Sitting, problem: Problem, desk: Desk) -> bool:
    if sitting.dice.happens(_UNFOUNDED):
        approver = _approver(sitting, problem)
        reason = f"{MARK}清单和回单都对得上。"
        unfounded.find_unfounded(
            sitting.session, problem, by=sitting.hand(approver, problem.version), reason=reason
        )
        return False
    by = sitting.hand(desk.officer, problem.version)
    leader, person = "周演示", "吴演示"
    rectifying.name_responsible(sitting.session, problem, by=by, leader=leader, person=person)
    _plan(sitting, problem, desk)
    _perhaps_refer(sitting, problem)
    return True


def _plan(sitting: Sitting, problem: Problem, desk: Desk) -> None:
    for text in sitting.dice.some_of(_MEASURES, sitting.dice.between(1, 2)):
        planned = PlannedMeasure(text=MARK + text, person="吴演示", due_on=sitting.working_day(15))
        by = sitting.hand(desk.officer, problem.version)
        rectifying.record_measure(sitting.session, problem, by=by, planned=planned)


def _put_right(sitting: Sitting, problem: Problem, desk: Desk) -> bool:
    if sitting.dice.happens(_CARRIED):
        _carry_over(sitting, problem)
        return True
    measures = rectifying.measures_of(sitting.session, problem)
    undone = [one for one in measures if one.done_on is None]
    if undone:
        by = sitting.hand(desk.officer, problem.version)
        evidence = sitting.proof("补发清单和银行回单。", _WITH_PHOTOGRAPH)
        rectifying.finish_measure(
            sitting.session, problem, undone[0], by=by, done_on=sitting.day, evidence=evidence
        )
    elif rectifying.all_done(sitting.session, problem):
        _report(sitting, problem, desk)
    else:
        # It was reopened, or sent back: something new has to be done.
        _plan(sitting, problem, desk)
    return True


def _report(sitting: Sitting, problem: Problem, desk: Desk) -> None:
    amount = problem.amount or Decimal(0)
    got_back = amount if problem.problem_code in {"1.3", "3.3"} else Decimal(0)
    rectifying.report_rectified(
        sitting.session,
        problem,
        by=sitting.hand(desk.head, problem.version),
        word=Proof(f"{MARK}已经改好，凭据都在。"),
        sums=(got_back, amount - got_back),
    )


def _decide(sitting: Sitting, problem: Problem, _desk: Desk) -> bool:
    by = sitting.hand(_approver(sitting, problem), problem.version)
    if sitting.dice.happens(_SENT_BACK):
        reason = f"{MARK}还差两户的回单。"
        strike_off.send_back(sitting.session, problem, by=by, reason=reason)
        return True
    opinion = f"{MARK}看过凭据，同意销号。"
    strike_off.strike_off(sitting.session, problem, by=by, opinion=opinion)
    return sitting.dice.happens(_REOPENED)


def _reopen(sitting: Sitting, problem: Problem, _desk: Desk) -> bool:
    reopening.reopen(
        sitting.session,
        problem,
        by=_office(sitting, problem),
        rectify_by=sitting.day + timedelta(days=30),
        reason=f"{MARK}有户人家说没有收到，再查。",
    )
    return True


def _carry_over(sitting: Sitting, problem: Problem) -> None:
    carrying.carry_over(
        sitting.session,
        problem,
        by=_office(sitting, problem),
        until=sitting.working_day(sitting.dice.between(20, 60)),
        reason=f"{MARK}要等新系统上线。",
    )


def _perhaps_resume(sitting: Sitting, problem: Problem, _desk: Desk) -> bool:
    if problem.carried_until and sitting.day >= problem.carried_until:
        carrying.resume(
            sitting.session,
            problem,
            by=_office(sitting, problem),
            rectify_by=sitting.day + timedelta(days=30),
            reason=f"{MARK}新系统上线了，接着改。",
        )
    return True


def _perhaps_refer(sitting: Sitting, problem: Problem) -> None:
    if not sitting.dice.happens(_REFERRED):
        return
    body = sitting.book.campaign.discipline_code
    referred = Referred(body=body, referred_on=sitting.day)
    office = sitting.cast.desks[sitting.book.campaign.office_code]
    by = sitting.hand(office.officer)
    referring.note_referral(sitting.session, problem, by=by, referred=referred)


def _approver(sitting: Sitting, problem: Problem) -> Staff:
    """Somebody of the office who had no hand in it."""
    office = sitting.cast.desks[sitting.book.campaign.office_code]
    sitting.session.flush()
    return next(
        one
        for one in reversed(office.everybody)
        if may_approve(sitting.session, problem, sitting.hand(one))
    )


def _office(sitting: Sitting, problem: Problem) -> Hand:
    """The hand of whoever found it for the office, so that others may still approve."""
    office = sitting.cast.desks[sitting.book.campaign.office_code]
    return sitting.hand(office.officer, problem.version)


_STEPS: dict[ResultState, Callable[[Sitting, Problem, Desk], bool]] = {
    ResultState.FOUND: _begin,
    ResultState.RECTIFYING: _put_right,
    ResultState.RECTIFIED: _decide,
    ResultState.CARRIED_OVER: _perhaps_resume,
    ResultState.STRUCK_OFF: _reopen,
}
