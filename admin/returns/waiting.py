"""What of the monthly returns waits for somebody: returns that are due, signatures, acceptance."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from admin.accounts.access import Access
from admin.returns.expected import Expected, expected_in, opened
from admin.returns.monthly_return import MonthlyReturn, ReturnState
from admin.returns.newest import by_period
from admin.returns.signed_version import SignedVersion
from admin.returns.standing import Way, standing_of
from portal.campaign.book import Book
from portal.campaign.return_rule import Period
from portal.foundation import clock


def outstanding(
    session: Session, book: Book, units: AbstractSet[str], today: date
) -> dict[Expected, Way]:
    """The returns of some units of which nothing that counts has come, though units were reminded
    of them, newest period first: with what there is of each."""
    periods = opened(book, today)
    came = by_period(session, periods, MonthlyReturn.unit_code.in_(units)) if periods else {}
    found: dict[Expected, Way] = {}
    for period in periods:
        for one in expected_in(book, period):
            if one.unit in units:
                versions = came.get(period, {}).get((one.unit, one.receiver), ())
                way = standing_of(period, versions, today).way
                if way is not Way.CAME:
                    found[one] = way
    return found


def units_without(session: Session, book: Book, today: date) -> set[str]:
    """The units of whose newest period something is outstanding."""
    newest = opened(book, today)[:1]
    left = outstanding(session, book, book.units.keys(), today)
    return {one.unit for one in left if [one.period] == newest}


def to_receive(access: Access, row: type[SignedVersion] = MonthlyReturn) -> ColumnElement[bool]:
    """The condition under which a version of some sort waits for this person's acceptance."""
    own = set(access.desks) | ({access.office_code} if access.as_office else set())
    later = aliased(row)
    replaced = select(later.id).where(
        *(getattr(later, name) == getattr(row, name) for name in row.one_thing),
        later.version > row.version,
    )
    return and_(
        row.state == ReturnState.HANDED_IN,
        row.receiver_code.in_(own),
        ~replaced.exists(),
    )


def count_to_receive(session: Session, access: Access) -> int:
    """How many wait so."""
    wanted = select(func.count()).select_from(MonthlyReturn).where(to_receive(access))
    return session.scalar(wanted) or 0


def brings_work(session: Session, access: Access, book: Book, since: datetime) -> bool:
    """Whether the monthly returns have laid something before this person since then: units were
    reminded of one that is his to return, or it became overdue; somebody filled one in for his
    signature, handed one in to him, or sent one back."""
    if not book.campaign.returns:
        return False
    new = select(MonthlyReturn.id).where(or_(*laid_before(access, since))).limit(1)
    if session.scalars(new).first() is not None:
        return True
    left = outstanding(session, book, access.fieldwork, clock.today())
    return any(since < moment <= clock.now() for moment in _moments(one.period for one in left))


def laid_before(
    access: Access, since: datetime, row: type[SignedVersion] = MonthlyReturn
) -> list[ColumnElement[bool]]:
    """The conditions under which a version of some sort was laid before this person since then:
    for his signature, for his acceptance, or sent back to him."""
    return [
        and_(
            row.state == ReturnState.FILLED_IN,
            row.unit_code.in_(access.heads),
            row.confirmed_at > since,
            row.confirmed_by != access.staff_id,
        ),
        and_(to_receive(access, row), row.signed_at > since, row.signed_by != access.staff_id),
        and_(
            row.state == ReturnState.SENT_BACK,
            row.unit_code.in_(access.fieldwork),
            row.decided_at > since,
            row.decided_by != access.staff_id,
        ),
    ]


def _moments(periods: Iterable[Period]) -> Iterable[datetime]:
    """When a return that is still outstanding is news again: with the first day on which units are
    reminded, and with the first on which it is overdue."""
    for period in set(periods):
        for day in (period.remind_on, period.due_on + timedelta(days=1)):
            yield datetime.combine(day, time(), clock.SHANGHAI)
