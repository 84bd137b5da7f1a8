"""What of the ledger waits for somebody: problems that his unit has to put right, and what the
office has to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.accounts.access import Access
from admin.ledger.ledger_text import LedgerText, LedgerTextKind
from admin.ledger.problem import Problem
from portal.campaign.book import Book
from portal.foundation import clock
from portal.published.result import ResultState

# So many days before its limit a unit is told of a problem.
_SOON = timedelta(days=7)
_IN_THE_UNITS_HANDS = (ResultState.FOUND, ResultState.RECTIFYING)
# What lays a problem before its unit: it was entered, sent back, reopened, or is no longer carried.
_LAID_BY = (
    LedgerTextKind.WHAT_IS_WRONG,
    LedgerTextKind.REASON,
    LedgerTextKind.REOPENED,
    LedgerTextKind.RESUMED,
)
_WORK = tuple(kind for kind in LedgerTextKind if kind.is_work)


@dataclass(frozen=True)
class ProblemsWaiting:
    """How many problems of one's units are new, were sent back, have their limit within a week or
    are past it; one problem may be several of these. For the office: how many were put right and
    wait for its approval, and of how many carried over the day has come."""

    new: int = 0
    sent_back: int = 0
    soon: int = 0
    late: int = 0
    to_approve: int = 0
    to_look_at: int = 0


def problems_waiting(session: Session, access: Access) -> ProblemsWaiting:
    """Those of a person."""
    if not access.works_for:
        return ProblemsWaiting()
    today = clock.today()
    his, approved, carried = _his(access), _to_approve(access), _to_look_at(access)
    conditions = (
        and_(his, Problem.state == ResultState.FOUND),
        and_(his, _was_sent_back()),
        and_(his, Problem.rectify_by.between(today, today + _SOON)),
        and_(his, Problem.rectify_by < today),
        approved,
        carried,
    )
    counts: Sequence[int] = session.execute(
        select(*(func.count(case((one, 1))) for one in conditions))
        .select_from(Problem)
        .where(or_(his, approved, carried))
    ).one()
    return ProblemsWaiting(*counts)


def brings_work(session: Session, access: Access, _book: Book, since: datetime) -> bool:
    """Whether the ledger has laid something before this person since then: somebody entered a
    problem for his unit or gave one back to it, or its limit came within a week or passed; for the
    office, one was put right, or the day of one that was carried over came."""
    if not access.works_for:
        return False
    wanted = select(Problem.id).where(
        or_(
            and_(_his(access), _written(access, since, _LAID_BY)),
            and_(_his(access), _has_come(Problem.rectify_by, since, before=_SOON)),
            and_(_his(access), _has_come(Problem.rectify_by, since, before=timedelta(days=-1))),
            and_(_to_approve(access), _written(access, since, (LedgerTextKind.HEADS_WORD,))),
            and_(_to_look_at(access), _has_come(Problem.carried_until, since)),
        )
    )
    return session.scalars(wanted.limit(1)).first() is not None


def _his(access: Access) -> ColumnElement[bool]:
    return and_(Problem.unit_code.in_(access.works_for), Problem.state.in_(_IN_THE_UNITS_HANDS))


def _was_sent_back() -> ColumnElement[bool]:
    """That the office has said no since the head's word was given last."""
    words = (LedgerTextKind.HEADS_WORD, LedgerTextKind.REASON)
    last = (
        select(LedgerText.kind)
        .where(LedgerText.problem_id == Problem.id, LedgerText.kind.in_(words))
        .order_by(LedgerText.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return last == LedgerTextKind.REASON


def _to_approve(access: Access) -> ColumnElement[bool]:
    """What waits for the office and for this person: he had no hand in it."""
    had_a_hand = exists().where(
        LedgerText.problem_id == Problem.id,
        LedgerText.staff_id == access.staff_id,
        LedgerText.kind.in_(_WORK),
    )
    return and_(
        _is_the_office_s(access),
        Problem.state == ResultState.RECTIFIED,
        Problem.opened_by != access.staff_id,
        ~had_a_hand,
    )


def _to_look_at(access: Access) -> ColumnElement[bool]:
    return and_(
        _is_the_office_s(access),
        Problem.state == ResultState.CARRIED_OVER,
        Problem.carried_until <= clock.today(),
    )


def _is_the_office_s(access: Access) -> ColumnElement[bool]:
    """Where a person wears the office's hat, see `sight.hats`."""
    if not access.as_office:
        return false()
    return Problem.unit_code.not_in(access.units - {access.office_code})


def _written(
    access: Access, since: datetime, kinds: tuple[LedgerTextKind, ...]
) -> ColumnElement[bool]:
    """That somebody else has written such a text about a problem since then."""
    return exists().where(
        LedgerText.problem_id == Problem.id,
        LedgerText.kind.in_(kinds),
        LedgerText.written_at > since,
        LedgerText.staff_id != access.staff_id,
    )


def _has_come(
    day: InstrumentedAttribute[date] | InstrumentedAttribute[date | None],
    since: datetime,
    *,
    before: timedelta = timedelta(),
) -> ColumnElement[bool]:
    """That the Shanghai day so long before the given one has begun since then."""
    return and_(day > clock.day_of(since) + before, day <= clock.today() + before)
