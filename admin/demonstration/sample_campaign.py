"""What a demonstration shows of the campaign at work: what streets found themselves, a supervision
round with an order that is still to be done, a letter that waits for the head."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.files.evidence import Proof
from admin.ledger.finding import Finding
from admin.ledger.own_check import OwnCheck, enter_own_check
from admin.ledger.problem import Problem, Source
from admin.ledger.rectifying import PlannedMeasure
from admin.rounds.ordering import give_order
from admin.rounds.planning import Plan, plan_round
from admin.rounds.round_file import find_visit
from admin.rounds.visiting import note_visit
from admin.shirking.letter import LetterKind
from admin.shirking.writing import Draft, draft_letter
from portal.campaign.book import Book, book
from portal.campaign.unit import UnitKind
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.staff import Role, Staff

Colleagues = Mapping[tuple[str, Role], Staff]
_MARK = "（样例）"
_EARLIER = timedelta(days=9)
_FOUND = (
    ("1.2", "12户的补贴晚发了两个月。", "逐户核对账号，补发。", Decimal(3600), 12),
    ("1.5", "两个社区没有贴出名单。", "", None, None),
)


def show_the_campaign(database: Database, colleagues: Colleagues) -> None:
    """Do it on a day some time ago, unless somebody entered an own check before."""
    with database.reading() as session:
        own = select(Problem.id).where(Problem.source == Source.OWN_CHECK).limit(1)
        there = session.scalar(own) is not None
    if there:
        return
    with clock.stopped_at(clock.now() - _EARLIER), database.writing() as session:
        found = book(session)
        _own_checks(session, found, colleagues)
        _round_and_letter(session, found, colleagues)


def _own_checks(session: Session, found: Book, colleagues: Colleagues) -> None:
    """The streets with sample people find one problem each."""
    streets = [
        (unit, staff)
        for (unit, role), staff in colleagues.items()
        if role is Role.OFFICER and found.units[unit].kind is UnitKind.STREET
    ]
    policy = next(code for code, one in found.policies.items() if one.in_scope)
    for (unit, staff), story in zip(streets, _FOUND, strict=False):
        problem_type, wrong, measure, amount, persons = story
        finding = Finding(
            unit=unit,
            problem_type=problem_type,
            what_is_wrong=_MARK + wrong,
            rectify_by=_in(days=40),
            policy=policy,
            fund_year=found.campaign.starts_on.year - 1,
            amount=amount,
            persons=persons,
        )
        planned = PlannedMeasure(text=_MARK + measure, person="吴演示", due_on=_in(days=30))
        check = OwnCheck(found_by=unit, finding=finding, measures=(planned,) if measure else ())
        by = Hand(Access.of(staff, found), found, 0)
        enter_own_check(session, by=by, check=check)


def _round_and_letter(session: Session, found: Book, colleagues: Colleagues) -> None:
    """The office visits two units, tells one of them what to do, and drafts a letter to it."""
    office = colleagues.get((found.campaign.office_code, Role.OFFICE))
    units = [
        unit
        for unit, role in colleagues
        if role is Role.HEAD
        and found.units[unit].kind in {UnitKind.DEPARTMENT, UnitKind.SECTION}
        and unit != found.office.parent_code
    ][:2]
    if office is None or len(units) < 2:
        return
    by = Hand(Access.of(office, found), found, 0)
    plan = Plan(
        first_on=clock.today(),
        last_on=_in(days=20),
        units=frozenset(units),
        purpose=f"{_MARK}看补贴的发放清单和公示。",
    )
    one = plan_round(session, by=by, plan=plan)
    visit = find_visit(session, one, units[0], by)
    seen = Proof(f"{_MARK}清单少了一个月，公示没有留底。")
    note_visit(session, one, visit, by=by, visited_on=clock.today(), seen=seen)
    text = f"{_MARK}补齐清单，公示拍照留底，交来回单。"
    give_order(session, one, visit, by=by, text=text, due_on=_in(days=14))
    draft = Draft(
        kind=LetterKind.REMINDER,
        text=f"{_MARK}督导交代的事请按时办，说明清单为什么少了一个月。",
        answer_by=_in(days=25),
    )
    draft_letter(session, units[0], by=by, draft=draft)


def _in(*, days: int) -> date:
    return clock.today() + timedelta(days=days)
