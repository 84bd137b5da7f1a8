"""Destroying what people typed beside cases: requests about their own information and mistakes on
the site, so many months after their end as the campaign says. What waits for its answer is never
destroyed; what is about a case goes with that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, or_, select
from sqlalchemy.orm import Session

from admin.retention.wiping_beside import wipe_mistake, wipe_request
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.rights_request import RightsRequest
from intake.cases.site_mistake import SiteMistake
from intake.rules.retention import months_after
from portal.campaign.book import book
from portal.campaign.retention_rule import Beside, RetentionRule
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.database import Database

# A long absence of the worker is made good in several nights' runs.
_AT_ONCE = 200
_NOTHING = b""


@dataclass(frozen=True)
class _Sort:
    """One sort of what is typed beside cases: when it ended, which may go, how it is wiped, and the
    event that says so, by its number."""

    what: Beside
    record: Any
    ended_at: SQLColumnExpression[Any]
    may_go: ColumnElement[bool]
    wipe: Callable[[Session, Any], None]
    event: str
    fact: str


def _about_nothing_left() -> ColumnElement[bool]:
    """It is about no case, or asks about one that was destroyed before."""
    destroyed = select(Case.id).where(
        Case.id == RightsRequest.case_id, Case.destroyed_on.is_not(None)
    )
    return or_(RightsRequest.case_id.is_(None), destroyed.exists())


_SORTS = (
    _Sort(
        Beside.RIGHTS_REQUEST,
        RightsRequest,
        RightsRequest.decided_at,
        and_(
            RightsRequest.decided_at.is_not(None),
            RightsRequest.sealed_words != _NOTHING,
            _about_nothing_left(),
        ),
        wipe_request,
        "rights_destroyed",
        "request",
    ),
    _Sort(
        Beside.MISTAKE,
        SiteMistake,
        func.coalesce(SiteMistake.corrected_at, SiteMistake.answered_at),
        and_(SiteMistake.outcome.is_not(None), SiteMistake.sealed_words != _NOTHING),
        wipe_mistake,
        "mistake_destroyed",
        "mistake",
    ),
)


def destroy_beside(database: Database) -> int:
    """Destroy what is over so long ago, each in a transaction of its own; returns how many."""
    with database.reading() as session:
        rule = RetentionRule.of(book(session).campaign)
    return sum(_destroy_sort(database, rule, one) for one in _SORTS) if rule else 0


def _destroy_sort(database: Database, rule: RetentionRule, sort: _Sort) -> int:
    months = rule.months_of(sort.what)
    if months is None:
        return 0
    with database.reading() as session:
        due = _due(session, sort, months, clock.today())
    for one_id in due:
        with database.writing() as session:
            wanted = select(sort.record).where(sort.record.id == one_id, sort.may_go)
            one = session.scalars(wanted.with_for_update()).first()
            if one is not None:
                sort.wipe(session, one)
                record(session, sort.event, **{sort.fact: one.number})
    return len(due)


def _due(session: Session, sort: _Sort, months: int, today: date) -> Sequence[int]:
    """Which have ended so many months ago, the longest ago first."""
    wanted = select(sort.record.id, sort.ended_at).where(sort.may_go)
    ended = session.execute(wanted.order_by(sort.ended_at, sort.record.id).limit(_AT_ONCE))
    return [one_id for one_id, at in ended if months_after(day_of(at), months) <= today]
