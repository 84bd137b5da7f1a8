"""Putting onto the list what will be destroyed (the worker's job), early enough that whoever
decides can hold it, and taking off what goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from admin.retention.destruction_notice import DestructionNotice
from admin.retention.kinship import ROOT, due_of, families
from intake.cases.case import Case
from intake.rules.lifecycle import State
from intake.rules.retention import Due, What
from portal.campaign.book import book
from portal.campaign.retention_rule import RetentionRule
from portal.foundation import clock
from portal.foundation.database import Database

# The list looks so far ahead.
AHEAD = timedelta(days=60)
_AT_ONCE = 200
# No month has fewer days: whoever ended later can't be due yet.
_SHORTEST_MONTH = 28


@dataclass(frozen=True)
class _Wanted:
    """What one case's notices should say: which day for what, and why."""

    days: Mapping[What, date]
    due: Due


def list_what_is_due(database: Database) -> int:
    """Bring the list up to date; returns how many cases' notices changed. A campaign that doesn't
    say how long it keeps things lists nothing."""
    with database.reading() as session:
        rule = RetentionRule.of(book(session).campaign)
    changed = _take_off_what_goes_on(database, keep_any=rule is not None)
    if rule is None:
        return changed
    after = 0
    while True:
        with database.writing() as session:
            roots = _some_roots(session, rule, after)
            changed += _bring_up_to_date(session, rule, roots)
        if len(roots) < _AT_ONCE:
            return changed
        after = roots[-1]


def _some_roots(session: Session, rule: RetentionRule, after: int) -> Sequence[int]:
    """The next messages of which something may be due soon."""
    wanted = select(ROOT).where(_may_be_due(rule), Case.destroyed_on.is_(None), after < ROOT)
    return session.scalars(wanted.distinct().order_by(ROOT).limit(_AT_ONCE)).all()


def _may_be_due(rule: RetentionRule) -> ColumnElement[bool]:
    """The cases of which something may be due before the list ends."""
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


def _bring_up_to_date(session: Session, rule: RetentionRule, roots: Sequence[int]) -> int:
    wanted = dict(_wanted(session, rule, roots))
    stored: dict[int, dict[What, DestructionNotice]] = {case_id: {} for case_id in wanted}
    of_these = select(DestructionNotice).where(DestructionNotice.case_id.in_(wanted))
    for one in session.scalars(of_these):
        stored[one.case_id][one.what] = one
    return sum(_renew(session, key, one, stored[key]) for key, one in wanted.items())


def _wanted(
    session: Session, rule: RetentionRule, roots: Sequence[int]
) -> Iterator[tuple[int, _Wanted]]:
    """What should stand on the list of the cases of some messages; for those that go on, nothing
    should."""
    horizon = clock.today() + AHEAD
    for family in families(session, roots).values():
        due = due_of(family, rule)
        for case in family:
            if due is None or case.destroyed_on is not None:
                continue
            days = {what: due.on(what) for what in What if due.on(what) <= horizon}
            if case.contact_destroyed_on or due.contact_on == due.words_on:
                days.pop(What.CONTACT, None)
            yield case.id, _Wanted(days, due)


def _renew(
    session: Session, case_id: int, wanted: _Wanted, stored: Mapping[What, DestructionNotice]
) -> bool:
    """Set right the notices of one case; says whether anything changed. Where the day comes sooner
    than was said, the notice begins anew."""
    changed = False
    for what in stored.keys() - wanted.days.keys():
        session.delete(stored[what])
        changed = True
    for what, day in wanted.days.items():
        one = stored.get(what)
        if one is not None and (one.due_on, one.reason) == (day, wanted.due.reason):
            continue
        if one is None or day < one.due_on:
            one = one or DestructionNotice(case_id=case_id, what=what)
            one.listed_on = clock.today()
        one.due_on, one.reason = day, wanted.due.reason
        session.add(one)
        changed = True
    return changed


def _take_off_what_goes_on(database: Database, *, keep_any: bool) -> int:
    """Forget notices of cases that were opened again, or under a rule that is gone."""
    over = select(Case.id).where(Case.ended_on.is_not(None), Case.destroyed_on.is_(None))
    gone = DestructionNotice.case_id.not_in(over) if keep_any else DestructionNotice.case_id > 0
    with database.reading() as session:
        if session.scalar(select(DestructionNotice.case_id).where(gone).limit(1)) is None:
            return 0
    with database.writing() as session:
        forgotten = session.execute(
            delete(DestructionNotice).where(gone).returning(DestructionNotice.case_id)
        )
        return len(forgotten.all())
