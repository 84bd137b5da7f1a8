"""Special supervision (专项督办, plan 五(二)2): what the worker suggests is taken up or dismissed,
now and then somebody above asks for it; the unit reports, the office checks, sets a later day,
closes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from admin.accounts.access import Access
from admin.demonstration.half_year.stage import MARK, Sitting
from admin.desk.hand import Hand, decider_of
from admin.supervision import suggesting, supervising
from admin.supervision.suggestion import Suggestion
from admin.supervision.supervising import Demand
from admin.supervision.supervision import SupervisionOutcome
from intake.cases.case import Case
from intake.rules.lifecycle import OPEN_STATES, State
from portal.campaign.supervision_rule import Trigger
from portal.foundation.staff import Staff

_ASKED_FOR, _TAKEN_UP, _MORE_TIME = 0.04, 0.6, 0.3
_LATER = timedelta(days=5)
_FROM_ABOVE = (Trigger.SUPERIOR, Trigger.LEADER, Trigger.COMPLEX)


def look_after(sitting: Sitting) -> None:
    """Decide on one suggestion that waits, and supervise a case that somebody above asks about."""
    waiting = sitting.session.execute(
        select(Case, Suggestion.trigger)
        .join(Suggestion, Suggestion.case_id == Case.id)
        .where(
            Suggestion.ended_at.is_(None),
            Case.supervised.is_(False),
            Case.state.in_(OPEN_STATES),
        )
        .order_by(Suggestion.id)
        .limit(1)
    ).first()
    if waiting:
        _decide(sitting, *waiting)
    if sitting.dice.happens(_ASKED_FOR):
        wanted = select(Case).where(Case.state == State.ACCEPTED, Case.supervised.is_(False))
        cases = sitting.session.scalars(wanted.order_by(Case.id).limit(20)).all()
        if cases:
            case, trigger = sitting.dice.one_of(cases), sitting.dice.one_of(_FROM_ABOVE)
            _supervise(sitting, case, trigger)


def _decide(sitting: Sitting, case: Case, trigger: Trigger) -> None:
    if sitting.dice.happens(_TAKEN_UP):
        _supervise(sitting, case, trigger)
        return
    hand = _decider(sitting, case)
    if hand:
        reason = f"{MARK}单位说明了原因，正在办。"
        suggesting.dismiss(sitting.session, case, hand, reason=reason)


def _supervise(sitting: Sitting, case: Case, trigger: Trigger) -> None:
    hand = _decider(sitting, case)
    if hand is None:
        return
    usual = supervising.usual_date(trigger, sitting.book)
    due_on = usual.due_on if usual else sitting.working_day(5)
    demand = Demand(trigger, f"{MARK}查清为什么还没有办好，报办法和日子。", due_on)
    supervising.supervise(sitting.session, case, hand, demand)
    sitting.later(1, 3, partial(_report, case_id=case.id))


def _report(sitting: Sitting, case_id: int) -> None:
    """The unit that has the case says how far it is."""
    case = sitting.session.get_one(Case, case_id)
    desk = sitting.cast.desks.get(case.unit_code)
    if desk:
        text = f"{MARK}账号已经核对，这个月的名单报上去了。"
        by = _hand(sitting, desk.officer, case)
        supervising.report_progress(sitting.session, case, by, text)
    sitting.later(2, 4, partial(_check, case_id=case_id))


def _check(sitting: Sitting, case_id: int) -> None:
    """The office looks, and sometimes gives more time."""
    case = sitting.session.get_one(Case, case_id)
    hand = _decider(sitting, case)
    found = supervising.current(sitting.session, case)
    if hand is None or found is None:
        return
    supervising.check_on(sitting.session, case, hand, f"{MARK}看了名单，还差一户的回单。")
    if sitting.dice.happens(_MORE_TIME):
        later = max(found.due_on, sitting.day) + _LATER
        reason = f"{MARK}银行回单下周才到。"
        hand = _decider(sitting, case) or hand
        supervising.give_more_time(sitting.session, case, hand, due_on=later, reason=reason)
    sitting.later(2, 5, partial(_close, case_id=case_id))


def _close(sitting: Sitting, case_id: int) -> None:
    case = sitting.session.get_one(Case, case_id)
    hand = _decider(sitting, case)
    if hand is None or supervising.current(sitting.session, case) is None:
        return
    outcome = SupervisionOutcome.DONE if not case.state.is_open else SupervisionOutcome.PARTLY
    opinion = f"{MARK}要求的都看过了。"
    supervising.close(sitting.session, case, hand, outcome=outcome, opinion=opinion)


def _decider(sitting: Sitting, case: Case) -> Hand | None:
    """The head of the body that decides about a case, who may close what another one opened; None
    where nobody of it works here."""
    desk = sitting.cast.desks.get(decider_of(sitting.session, case, sitting.book))
    return _hand(sitting, desk.head, case) if desk else None


def _hand(sitting: Sitting, staff: Staff, case: Case) -> Hand:
    sitting.session.flush()
    return Hand(Access.of(staff, sitting.book, unlocked=True), sitting.book, case.version)
