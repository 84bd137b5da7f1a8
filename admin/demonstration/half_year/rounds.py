"""The supervision rounds (督导) of the plan: in the last ten days before each is due the office
visits some units, orders what is to be done, and accepts it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from admin.accounts.hand import Hand
from admin.demonstration.half_year.findings import finding_at
from admin.demonstration.half_year.putting_right import go_on
from admin.demonstration.half_year.stage import MARK, Sitting
from admin.rounds import ordering, planning, visiting
from admin.rounds.planning import Plan
from admin.rounds.round_file import find_order, find_round, find_visit
from portal.campaign.calendar_date import Task

_BEFORE = timedelta(days=14)
_ORDERED, _FINDS, _SENT_BACK, _WITH_PHOTOGRAPH = 0.6, 0.5, 0.2, 0.4


def begin_round(sitting: Sitting) -> None:
    """Plan a round two weeks before it is due."""
    for duty in sitting.book.dates:
        due = duty.ends_on if duty.task is Task.SUPERVISION_ROUND else None
        if due and sitting.day == due - _BEFORE:
            _plan(sitting, duty.key)


def _plan(sitting: Sitting, duty: str) -> None:
    known = [one for one in planning.units_to_visit(sitting.book) if one in sitting.cast.desks]
    units = sitting.dice.some_of(known, sitting.stage.pace.visited)
    last = sitting.day + _BEFORE
    plan = Plan(
        first_on=sitting.day,
        last_on=last,
        units=frozenset(units),
        purpose=f"{MARK}看自查自纠做得怎么样，有没有零报送。",
        duty=duty,
    )
    one = planning.plan_round(sitting.session, by=_office(sitting), plan=plan)
    for unit in units:
        sitting.later(1, 8, partial(_visit, key=one.key, unit=unit))
    sitting.later(25, 25, partial(_close, key=one.key))


def _visit(sitting: Sitting, key: str, unit: str) -> None:
    by, session = _office(sitting), sitting.session
    one = find_round(session, by.access, key, to_change=True)
    visit = find_visit(session, one, unit, by)
    seen = sitting.proof("查了台账和公示栏。", _WITH_PHOTOGRAPH)
    visiting.note_visit(session, one, visit, by=by, visited_on=sitting.day, seen=seen)
    if sitting.dice.happens(_FINDS):
        finding = finding_at(sitting, unit)
        problem = visiting.find_at_visit(session, one, visit, by=by, finding=finding)
        sitting.later(2, 6, partial(go_on, problem_id=problem.id))
    if sitting.dice.happens(_ORDERED):
        due_on = sitting.working_day(8)
        text = f"{MARK}把名单补贴出来，拍照报办公室。"
        order = ordering.give_order(session, one, visit, by=by, text=text, due_on=due_on)
        sitting.later(3, 10, partial(_report, order_key=order.key, unit=unit))


def _report(sitting: Sitting, order_key: str, unit: str) -> None:
    officer = sitting.cast.desks[unit].officer
    access = sitting.hand(officer).access
    one, visit, order = find_order(sitting.session, access, order_key, to_change=True)
    by = sitting.hand(officer, order.version)
    report = sitting.proof("已经贴了，照片见附件。", 1)
    ordering.report_order(sitting.session, one, visit, order, by=by, report=report)
    sitting.later(1, 3, partial(_decide, order_key=order_key, unit=unit))


def _decide(sitting: Sitting, order_key: str, unit: str) -> None:
    access = _office(sitting).access
    one, visit, order = find_order(sitting.session, access, order_key, to_change=True)
    by = _office(sitting, order.version)
    if sitting.dice.happens(_SENT_BACK):
        text = f"{MARK}少了一个社区，请补上。"
        ordering.send_report_back(sitting.session, one, visit, order, by=by, text=text)
        sitting.later(1, 3, partial(_report, order_key=order_key, unit=unit))
        return
    text = f"{MARK}现场看过，都贴了。"
    ordering.accept_report(sitting.session, one, visit, order, by=by, text=text)


def _close(sitting: Sitting, key: str) -> None:
    """Close it, as soon as nothing of it is open."""
    access = _office(sitting).access
    one = find_round(sitting.session, access, key, to_change=True)
    if planning.open_ends(sitting.session, one):
        sitting.later(3, 3, partial(_close, key=key))
        return
    by = _office(sitting, one.version)
    words = f"{MARK}去的单位都改了，问题进了台账。"
    planning.close_round(sitting.session, one, by=by, words=words)


def _office(sitting: Sitting, version: int = 0) -> Hand:
    officer = sitting.cast.desks[sitting.book.campaign.office_code].officer
    return sitting.hand(officer, version)
