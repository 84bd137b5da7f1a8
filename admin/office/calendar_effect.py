"""What a calendar does to the cases that a person may see: which dates would move, and how many
are 暂定."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.office.calendar_change import CalendarChange
from admin.office.waiting import MOST
from intake.cases.case import NO_DUE_DATE, Case
from intake.moved_dates import Move, cases_after, may_move, put_moved
from intake.rules.lifecycle import OPEN_STATES
from portal.campaign.book import Book

# With a whole year of days beside it, a page with more would be too heavy.
MOST_SHOWN = 100
MOST_LOOKED_AT = 20_000
_AT_A_TIME = 500


@dataclass(frozen=True)
class MovedCase:
    """A case whose date would move."""

    number: str
    unit_code: str
    move: Move


@dataclass(frozen=True)
class Effect:
    """How many cases would move, `MOST + 1` meaning more than `MOST`, and the first of them.
    `whole`: every case that could move was looked at."""

    number: int
    cases: list[MovedCase]
    whole: bool


def effect(session: Session, access: Access, book: Book, change: CalendarChange) -> Effect:
    """What a change of the calendar would move, of the open cases that this person may see. It only
    counts: nothing is stored."""
    found: list[MovedCase] = []
    then = replace(book, calendar=change.after)
    looked_at, whole, after = 0, change.moves_from is None, 0
    while change.moves_from and not whole and looked_at < MOST_LOOKED_AT and len(found) <= MOST:
        condition = and_(visible(access), may_move(change.moves_from))
        cases = cases_after(session, after, condition, _AT_A_TIME)
        moved = put_moved(session, cases, then)
        found += [
            MovedCase(one.number, one.unit_code, moved[one.id]) for one in cases if one.id in moved
        ]
        looked_at += len(cases)
        whole = len(cases) < _AT_A_TIME
        after = cases[-1].id if cases else after
    shown = sorted(found, key=lambda one: (one.move.former, one.number))[:MOST_SHOWN]
    return Effect(min(len(found), MOST + 1), shown, whole)


def tentative(session: Session, access: Access, book: Book) -> int:
    """How many open cases that this person may see are due past the known days; past `MOST` it
    stays at one more than that."""
    beyond = and_(
        visible(access),
        Case.state.in_(OPEN_STATES),
        Case.due_on > book.calendar.known_to,
        Case.due_on != NO_DUE_DATE,
    )
    some = select(Case.id).where(beyond).limit(MOST + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
