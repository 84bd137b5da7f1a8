"""The list of reporters who wait to be visited (待回访), the earliest date first. Read only, and
only what this person may visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.follow_up.not_handled import may_visit
from intake.cases.case import Case
from intake.cases.follow_up import FollowUp
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind

PAGE_SIZE = 20
MOST_COUNTED = 1000

_SHOWN: tuple[Any, ...] = (
    Case.number,
    Case.kind,
    Case.identity,
    Case.policy_code,
    Case.problem_code,
    FollowUp.unit_code,
    FollowUp.why,
    FollowUp.closed_on,
    FollowUp.due_on,
    FollowUp.attempts,
)


@dataclass(frozen=True)
class Cursor:
    """A place in the list: the date of a row and its case's number."""

    due_on: date
    number: str

    def __str__(self) -> str:
        return f"{self.due_on.isoformat()}.{self.number}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """The place that an address names; None where it names none."""
        day, dot, number = text.partition(".")
        try:
            return cls(date.fromisoformat(day), number) if dot else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Page:
    """A page of the list; `after` is where the next one begins, None on the last. `count` stops at
    one more than MOST_COUNTED."""

    rows: Sequence[Row[Any]]
    after: Cursor | None
    count: int


def read_page(session: Session, access: Access, after: Cursor | None = None) -> Page:
    """One page."""
    wanted = _waiting(access, *_SHOWN)
    if after:
        key = tuple_(FollowUp.due_on, Case.number)
        wanted = wanted.where(key > tuple_(after.due_on, after.number))
    ordered = wanted.order_by(FollowUp.due_on, Case.number).limit(PAGE_SIZE + 1)
    found = session.execute(ordered).all()
    rows = found[:PAGE_SIZE]
    more = len(found) > PAGE_SIZE
    next_place = Cursor(rows[-1].due_on, rows[-1].number) if more else None
    counted = _waiting(access, FollowUp.id).limit(MOST_COUNTED + 1).subquery()
    count = session.scalar(select(func.count()).select_from(counted)) or 0
    return Page(rows, next_place, count)


def _waiting(access: Access, *columns: Any) -> Select[Any]:
    return (
        select(*columns).join(Case, Case.id == FollowUp.case_id).where(_waits(), may_visit(access))
    )


def _waits() -> ColumnElement[bool]:
    waits = FollowUp.outcome.is_(None) & FollowUp.why.is_not(None)
    return waits & (Case.state == State.CLOSED) & (Case.kind != Kind.TIP_OFF)
