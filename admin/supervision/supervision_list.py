"""The list of supervised cases, the earliest date first, and of what is suggested: every figure
counts the very rows that its list shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.desk.queue_view import Cursor
from admin.supervision.entry import EntryKind, SupervisionEntry
from admin.supervision.sight import decided_by
from admin.supervision.suggestion import Suggestion
from admin.supervision.supervision import Supervision
from intake.cases.case import Case
from intake.cases.message import Message
from intake.rules.lifecycle import OPEN_STATES
from portal.foundation import clock

PAGE_SIZE = 20
# Counting further would slow the page down, and nobody works through more.
MOST = 1000
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class LastEntry:
    """What was written last in a log, by which member of staff and when; not the words."""

    kind: EntryKind
    staff_id: int | None
    at: datetime


@dataclass(frozen=True)
class Supervised:
    """One row: a case that is supervised."""

    case: Case
    supervision: Supervision
    last: LastEntry | None


@dataclass(frozen=True)
class Suggested:
    """One row: a case for which supervision is suggested, and why."""

    case: Case
    suggestions: Sequence[Suggestion]


@dataclass(frozen=True)
class Page(Generic[_Row]):
    """One page of rows; `after` is where the next one begins, None at the end."""

    rows: Sequence[_Row]
    after: Cursor | None


def supervised(session: Session, access: Access, after: Cursor | None = None) -> Page[Supervised]:
    """A page of the supervisions that are open, of the cases that this person may see."""
    wanted = select(Case, Supervision).join(Case, Case.id == Supervision.case_id)
    wanted = wanted.where(_open(access)).order_by(Supervision.due_on, Case.number)
    if after:
        wanted = wanted.where(
            tuple_(Supervision.due_on, Case.number) > (after.due_on, after.number)
        )
    found = session.execute(wanted.limit(PAGE_SIZE + 1)).all()
    shown = found[:PAGE_SIZE]
    last = _last_entries(session, [row.Supervision.id for row in shown])
    rows = [Supervised(one, held, last.get(held.id)) for one, held in shown]
    more = len(found) > PAGE_SIZE
    end = rows[-1] if more else None
    return Page(rows, Cursor(False, end.supervision.due_on, end.case.number) if end else None)


def suggested(session: Session, access: Access, after: Cursor | None = None) -> Page[Suggested]:
    """A page of the cases for which supervision is suggested, of those that this person decides
    about."""
    wanted = select(Case).where(_suggested(access)).order_by(Case.due_on, Case.number)
    if after:
        wanted = wanted.where(tuple_(Case.due_on, Case.number) > (after.due_on, after.number))
    found = session.scalars(wanted.limit(PAGE_SIZE + 1)).all()
    shown = found[:PAGE_SIZE]
    why = _suggestions(session, [case.id for case in shown])
    end = shown[-1] if len(found) > PAGE_SIZE else None
    return Page(
        rows=[Suggested(case, why[case.id]) for case in shown],
        after=Cursor(False, end.due_on, end.number) if end else None,
    )


def count_supervised(session: Session, access: Access, *, overdue: bool = False) -> int:
    """How many supervisions are open, or of them overdue; past `MOST` it stays at one more."""
    late = [Supervision.due_on < clock.today()] if overdue else []
    some = select(Supervision.id).join(Case, Case.id == Supervision.case_id)
    return _counted(session, some.where(_open(access), *late))


def count_suggested(session: Session, access: Access) -> int:
    """For how many cases supervision is suggested; past `MOST` it stays at one more."""
    return _counted(session, select(Case.id).where(_suggested(access)))


def _open(access: Access) -> ColumnElement[bool]:
    return and_(Supervision.closed_at.is_(None), visible(access))


def _suggested(access: Access) -> ColumnElement[bool]:
    waits = select(Suggestion.case_id).where(Suggestion.ended_at.is_(None))
    return and_(Case.id.in_(waits), Case.state.in_(OPEN_STATES), decided_by(access))


def _counted(session: Session, some: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(some.limit(MOST + 1).subquery())) or 0


def _last_entries(session: Session, ids: Collection[int]) -> Mapping[int, LastEntry]:
    latest = (
        select(func.max(SupervisionEntry.message_id))
        .where(SupervisionEntry.supervision_id.in_(ids))
        .group_by(SupervisionEntry.supervision_id)
    )
    rows = session.execute(
        select(SupervisionEntry, Message.staff_id, Message.written_at)
        .join(Message, Message.id == SupervisionEntry.message_id)
        .where(SupervisionEntry.message_id.in_(latest))
    )
    return {one.supervision_id: LastEntry(one.kind, who, at) for one, who, at in rows}


def _suggestions(session: Session, ids: Collection[int]) -> Mapping[int, list[Suggestion]]:
    found: dict[int, list[Suggestion]] = {one: [] for one in ids}
    wanted = select(Suggestion).where(Suggestion.case_id.in_(ids), Suggestion.ended_at.is_(None))
    for one in session.scalars(wanted.order_by(Suggestion.id)):
        found[one.case_id].append(one)
    return found
