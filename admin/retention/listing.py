"""Putting onto the list what will be destroyed (the worker's job): by age early enough that whoever
decides can hold it, at its reporter's request as long as something holds it. What goes on is taken
off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, delete, false, or_, select
from sqlalchemy.orm import Session

from admin.retention.destruction_notice import DestructionNotice
from admin.retention.granted import furthest, granted, was_granted
from admin.retention.kinship import ROOT, due_of, families
from intake.cases.case import Case
from intake.rules.lifecycle import State
from intake.rules.retention import Due, Reason, What
from portal.campaign.book import book
from portal.campaign.retention_rule import RetentionRule
from portal.foundation import clock
from portal.foundation.database import Database

# The list looks so far ahead.
AHEAD = timedelta(days=60)
_AT_ONCE = 200
# No month has fewer days: whoever ended later can't be due yet.
_SHORTEST_MONTH = 28


def list_what_is_due(database: Database) -> int:
    """Bring the list up to date; returns how many cases' notices changed. A campaign that doesn't
    say how long it keeps things lists what was asked for, and nothing else."""
    with database.reading() as session:
        rule = RetentionRule.of(book(session).campaign)
    changed, after = _take_off_what_goes_on(database, by_age=rule is not None), 0
    while True:
        with database.writing() as session:
            roots = _some_roots(session, rule, after)
            changed += _bring_up_to_date(session, rule, roots)
        if len(roots) < _AT_ONCE:
            return changed
        after = roots[-1]


def _some_roots(session: Session, rule: RetentionRule | None, after: int) -> Sequence[int]:
    """The next messages of which something may be due soon."""
    asked_for = and_(was_granted(), Case.ended_on.is_not(None))
    due = or_(asked_for, _may_be_due(rule) if rule else false())
    wanted = select(ROOT).where(due, Case.destroyed_on.is_(None), after < ROOT)
    return session.scalars(wanted.distinct().order_by(ROOT).limit(_AT_ONCE)).all()


def _may_be_due(rule: RetentionRule) -> ColumnElement[bool]:
    """The cases of which something may be due by age before the list ends."""
    ways = [_has_ended(Case.state == State.WITHDRAWN, before=clock.today())]
    for one in rule.periods:
        outcome = [Case.state == one.outcome] if one.outcome else []
        such = and_(Case.kind == one.kind, *outcome)
        ways.append(_has_ended(such, before=_latest(one.words)))
        with_contact = and_(such, Case.contact_destroyed_on.is_(None))
        ways.append(_has_ended(with_contact, before=_latest(one.contact)))
    return or_(*ways)


def _has_ended(such: ColumnElement[bool], *, before: date) -> ColumnElement[bool]:
    return and_(such, Case.ended_on <= before)


def _latest(months: int) -> date:
    """The last day on which what is due so many months later may have ended."""
    return clock.today() + AHEAD - timedelta(months * _SHORTEST_MONTH)


def _bring_up_to_date(session: Session, rule: RetentionRule | None, roots: Sequence[int]) -> int:
    wanted = dict(_wanted(session, rule, roots))
    stored: dict[int, dict[What, DestructionNotice]] = {case_id: {} for case_id in wanted}
    of_these = select(DestructionNotice).where(DestructionNotice.case_id.in_(wanted))
    for one in session.scalars(of_these):
        stored[one.case_id][one.what] = one
    return sum(_renew(session, key, one, stored[key]) for key, one in wanted.items())


def _wanted(
    session: Session, rule: RetentionRule | None, roots: Sequence[int]
) -> Iterator[tuple[int, Mapping[What, Due]]]:
    """What should stand on the list of the cases of some messages; for those that go on, nothing
    should."""
    horizon, kin = clock.today() + AHEAD, families(session, roots)
    asked = granted(session, [case.id for family in kin.values() for case in family])
    for family in kin.values():
        of_these = furthest(asked[case.id] for case in family if case.id in asked)
        due = due_of(family, rule, of_these)
        for case in family:
            if not due or case.destroyed_on is not None:
                continue
            days = {what: one for what, one in due.items() if one.on <= horizon}
            if case.contact_destroyed_on or due[What.CONTACT] == due.get(What.WORDS):
                days.pop(What.CONTACT, None)
            yield case.id, days


def _renew(
    session: Session,
    case_id: int,
    wanted: Mapping[What, Due],
    stored: Mapping[What, DestructionNotice],
) -> bool:
    """Set right the notices of one case; says whether anything changed. Where the day comes sooner
    than was said, the notice begins anew."""
    changed = False
    for what in stored.keys() - wanted.keys():
        session.delete(stored[what])
        changed = True
    for what, due in wanted.items():
        one = stored.get(what)
        if one is not None and (one.due_on, one.reason) == (due.on, due.reason):
            continue
        if one is None or due.on < one.due_on:
            one = one or DestructionNotice(case_id=case_id, what=what)
            one.listed_on = clock.today()
        one.due_on, one.reason = due.on, due.reason
        session.add(one)
        changed = True
    return changed


def _take_off_what_goes_on(database: Database, *, by_age: bool) -> int:
    """Forget notices of cases that were opened again, or under a rule that is gone."""
    over = select(Case.id).where(Case.ended_on.is_not(None), Case.destroyed_on.is_(None))
    goes_on = DestructionNotice.case_id.not_in(over)
    gone = goes_on if by_age else or_(goes_on, DestructionNotice.reason != Reason.REQUESTED)
    with database.reading() as session:
        if session.scalar(select(DestructionNotice.case_id).where(gone).limit(1)) is None:
            return 0
    with database.writing() as session:
        forgotten = session.execute(
            delete(DestructionNotice).where(gone).returning(DestructionNotice.case_id)
        )
        return len(forgotten.all())
