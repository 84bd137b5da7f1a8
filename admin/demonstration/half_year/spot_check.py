"""The spot check (重点抽查) in the month that the plan names: frozen with a promise, drawn two days
later by another person, checked by teams from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import select

from admin.accounts.hand import Hand
from admin.demonstration.half_year.findings import finding_at
from admin.demonstration.half_year.putting_right import go_on
from admin.demonstration.half_year.stage import MARK, Sitting
from admin.files.evidence import Proof
from admin.spot_checks import assigning, checking, freezing, preparing, revealing
from admin.spot_checks.check_team import TeamMember
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.checking import Place, Visits
from admin.spot_checks.freezing import Plan
from admin.spot_checks.independence import may_check
from admin.spot_checks.reasons import Cause, Reason
from admin.spot_checks.spot_check import SpotCheck
from admin.spot_checks.what_is_published import PublicNumber
from portal.campaign.calendar_date import Task
from portal.campaign.spot_check_rule import SpotCheckRule
from portal.foundation.staff import Staff

_ASKED_WITHOUT_RATIO = 0.4
_FINDS, _NAMED, _WITH_PHOTOGRAPH = 0.8, 2, 0.2


def begin_check(sitting: Sitting) -> None:
    """On the first working day of the plan's spot check, put its frame together and promise."""
    for duty in sitting.book.dates:
        first = duty.starts_on if duty.task is Task.SPOT_CHECK else None
        if first and sitting.day == _first_working_day(sitting, first):
            _freeze(sitting)


def _first_working_day(sitting: Sitting, first: date) -> date:
    return Sitting(sitting.stage, sitting.session, sitting.book, first).working_day(0)


def _freeze(sitting: Sitting) -> None:
    officer = sitting.cast.desks[sitting.book.campaign.office_code].officer
    check = preparing.open_check(sitting.session, by=sitting.hand(officer))
    units = preparing.units_to_check(sitting.book)
    for unit in sitting.dice.some_of(units, _NAMED):
        reason = Reason(unit, Cause.OFFICE, f"{MARK}上次抽查时查出的多。")
        preparing.add_reason(
            sitting.session, check, by=sitting.hand(officer, check.version), reason=reason
        )
    rule = SpotCheckRule.of(sitting.book.campaign)
    asked = preparing.least_asked(sitting.book)
    number = PublicNumber("样例彩票开奖号码", sitting.working_day(2), "样例公报")
    plan = Plan(
        asked if rule.ratio else max(asked, round(len(units) * _ASKED_WITHOUT_RATIO)),
        rule.weights,
        number,
    )
    by = sitting.hand(officer, check.version)
    freezing.freeze(sitting.session, check, by=by, plan=plan, seed=sitting.dice.secret())
    sitting.later(2, 2, partial(_draw, check_id=check.id))


def _draw(sitting: Sitting, check_id: int) -> None:
    """Another person reveals the seed, and the teams are made."""
    check = sitting.session.get_one(SpotCheck, check_id)
    other = sitting.cast.desks[sitting.book.campaign.office_code].head
    digits = " ".join(str(sitting.dice.between(1, 33)) for _ in range(6))
    revealing.reveal(
        sitting.session,
        check,
        by=sitting.hand(other, check.version),
        public_number=digits,
        stands="样例公报第一版",
    )
    for unit in assigning.without_team(sitting.session, check):
        members = _independent(sitting, unit)
        assigning.make_team(
            sitting.session,
            check,
            by=sitting.hand(other, check.version),
            members=[one.id for one in members],
            units=[unit],
        )
        sitting.later(2, 12, partial(_visit, check_id=check_id, unit=unit))


def _independent(sitting: Sitting, unit: str) -> Sequence[Staff]:
    officers = [
        desk.officer
        for code, desk in sitting.cast.desks.items()
        if code != sitting.book.campaign.discipline_code
        and may_check(sitting.book, desk.officer.unit_codes, unit)
    ]
    return sitting.dice.some_of(officers, 2)


def _visit(sitting: Sitting, check_id: int, unit: str) -> None:
    """The team visits households, enters what it finds, and says what came of it."""
    at = Place(
        sitting.session.get_one(SpotCheck, check_id),
        sitting.session.get_one(CheckedUnit, (check_id, unit)),
    )
    by = _member(sitting, at)
    visited = sitting.dice.between(5, 20)
    deviating = sitting.dice.between(0, 3)
    visits = Visits(sitting.day, visited, visited - deviating, deviating)
    note = sitting.proof("入户看了存折和卡。", _WITH_PHOTOGRAPH)
    checking.note_visits(sitting.session, at, by=by, visits=visits, note=note)
    if deviating and sitting.dice.happens(_FINDS):
        to_blame = sorted(checking.to_blame(sitting.book, unit) & sitting.cast.desks.keys())
        for _ in range(deviating if to_blame else 0):
            seen = sitting.stage.photographs.perhaps(_WITH_PHOTOGRAPH)
            finding = replace(finding_at(sitting, sitting.dice.one_of(to_blame)), files=seen)
            problem = checking.enter_finding(sitting.session, at, by=by, finding=finding)
            sitting.later(2, 6, partial(go_on, problem_id=problem.id))
    checking.conclude(
        sitting.session, at, by=by, words=Proof(f"{MARK}查完了，{deviating}户对不上。")
    )


def _member(sitting: Sitting, at: Place) -> Hand:
    wanted = (
        select(Staff)
        .join(TeamMember, TeamMember.staff_id == Staff.id)
        .where(TeamMember.team_id == at.unit.team_id)
        .order_by(Staff.id)
    )
    return sitting.hand(sitting.session.scalars(wanted).all()[0])
