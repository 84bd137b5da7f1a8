"""What will be destroyed soon, what is held and why, and how many were destroyed: of the cases that
somebody decides about. For everybody else there is no list, and no count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.referrals.sight import decided_by
from admin.retention.destruction_notice import DestructionNotice
from admin.retention.kinship import families
from admin.retention.standing import holds_of
from intake.cases.case import Case
from intake.rules.retention import Hold, Reason, What
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.long_list import LongList

# The months that are shown, the newest first.
_MONTHS = 24
# For so long something on it is new.
_NEW = timedelta(days=7)


@dataclass(frozen=True)
class Listed:
    """One case, what of it is destroyed from which day and why, and what holds it."""

    case: Case
    what: What
    due_on: date
    reason: Reason
    listed_on: date
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True)
class Month:
    """How many cases lost their words in a month, the first day of which is `first`."""

    first: date
    destroyed: int


def listed(session: Session, access: Access, book: Book) -> LongList[Listed]:
    """What stands on the list, what comes first on top. What holds it is read for a page by
    `with_holds`."""
    wanted = _wanted(access, book).order_by(
        DestructionNotice.due_on, Case.number, DestructionNotice.what
    )
    return LongList(session, wanted, _told)


def with_holds(session: Session, rows: Sequence[Listed]) -> list[Listed]:
    """Some lines with what holds each: of the whole message, since all of it waits together."""
    roots = {one.case.id: one.case.part_of_id or one.case.id for one in rows}
    kin = families(session, set(roots.values()))
    held = holds_of(session, [case for family in kin.values() for case in family])
    found = []
    for one in rows:
        family = kin[roots[one.case.id]]
        holds = frozenset[Hold]().union(*(held[case.id] for case in family))
        kept = sorted(holds, key=list(Hold).index)
        found.append(Listed(one.case, one.what, one.due_on, one.reason, one.listed_on, tuple(kept)))
    return found


def new_on_list(session: Session, access: Access, book: Book) -> int:
    """How many cases came onto the list in the last days."""
    since = clock.today() - _NEW
    some = select(Case.id).join(DestructionNotice, DestructionNotice.case_id == Case.id)
    fresh = some.where(DestructionNotice.listed_on > since, decided_by(access, book)).distinct()
    return session.scalar(select(func.count()).select_from(fresh.subquery())) or 0


def destroyed_by_month(session: Session, access: Access, book: Book) -> list[Month]:
    """How many cases lost their words in each of the last months in which any did."""
    month = func.extract("month", Case.destroyed_on)
    year = func.extract("year", Case.destroyed_on)
    wanted = (
        select(year, month, func.count())
        .where(Case.destroyed_on.is_not(None), decided_by(access, book))
        .group_by(year, month)
        .order_by(year.desc(), month.desc())
        .limit(_MONTHS)
    )
    return [Month(date(int(y), int(m), 1), count) for y, m, count in session.execute(wanted)]


def _wanted(access: Access, book: Book) -> Select[Case, DestructionNotice]:
    return (
        select(Case, DestructionNotice)
        .join(DestructionNotice, DestructionNotice.case_id == Case.id)
        .where(Case.destroyed_on.is_(None), decided_by(access, book))
    )


def _told(row: Row[Case, DestructionNotice]) -> Listed:
    case, notice = row
    return Listed(case, notice.what, notice.due_on, notice.reason, notice.listed_on)
