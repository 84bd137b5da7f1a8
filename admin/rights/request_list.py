"""Reading the requests about one's own information: what waits for its answer, the record of what
was decided, and how many there were in a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Row, extract, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.request_access import requests_visible
from admin.desk.due_words import Clock, clock_words
from intake.cases.rights_request import RightsRequest
from intake.opened import REQUEST, tell_opened, tell_opened_beside
from intake.rights.promise import promised
from intake.rights.rights_texts import RightsTexts, read_as_answerer
from intake.rules.rights import Right, RightsOutcome
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.long_list import LongList


@dataclass(frozen=True)
class Waits:
    """A request that waits for its answer."""

    request: RightsRequest
    due: Clock


@dataclass(frozen=True)
class Decided:
    """One that was decided, and whether that was after its date."""

    request: RightsRequest
    decided_on: date
    due_on: date

    @property
    def late(self) -> bool:
        """Whether it was answered too late."""
        return self.decided_on > self.due_on


@dataclass(frozen=True)
class YearCount:
    """What was asked for in a year, by right: how many in all, granted, partly, refused, waiting or
    carried on."""

    asked_for: Right
    total: int
    by_outcome: Counter[RightsOutcome | None]


def waiting(session: Session, access: Access, book: Book) -> LongList[Waits]:
    """What waits for its answer: what came first is due first."""
    wanted = (
        select(RightsRequest)
        .where(RightsRequest.decided_at.is_(None), requests_visible(access))
        .order_by(RightsRequest.received_on, RightsRequest.id)
    )

    def told(row: Row[RightsRequest]) -> Waits:
        return Waits(row.RightsRequest, due_of(row.RightsRequest, book))

    return LongList(session, wanted, told)


def decided(session: Session, access: Access, book: Book) -> LongList[Decided]:
    """What was decided, the newest first."""
    wanted = (
        select(RightsRequest)
        .where(RightsRequest.decided_at.is_not(None), requests_visible(access))
        .order_by(RightsRequest.decided_at.desc(), RightsRequest.id.desc())
    )
    return LongList(session, wanted, lambda row: _decided(row[0], book))


def of_year(session: Session, access: Access, year: int) -> Sequence[RightsRequest]:
    """Every request that was received in a year, in its order."""
    wanted = (
        select(RightsRequest)
        .where(extract("year", RightsRequest.received_on) == year, requests_visible(access))
        .order_by(RightsRequest.received_on, RightsRequest.id)
    )
    return session.scalars(wanted).all()


def years(session: Session, access: Access) -> list[int]:
    """The years of which there are requests, the newest first."""
    year = extract("year", RightsRequest.received_on)
    wanted = select(year).where(requests_visible(access)).distinct()
    return sorted((int(one) for one in session.scalars(wanted)), reverse=True)


def year_counts(session: Session, access: Access, year: int) -> list[YearCount]:
    """How many of each right were asked for in a year, and what became of them."""
    ended = RightsRequest.decided_at.is_not(None)
    rows = session.execute(
        select(RightsRequest.asked_for, RightsRequest.outcome, ended, func.count())
        .where(extract("year", RightsRequest.received_on) == year, requests_visible(access))
        .group_by(RightsRequest.asked_for, RightsRequest.outcome, ended)
    ).all()
    counts: dict[Right, Counter[RightsOutcome | None]] = {}
    for right, outcome, is_over, count in rows:
        # What is merely proposed waits.
        counts.setdefault(right, Counter())[outcome if is_over else None] += count
    return [YearCount(one, counts[one].total(), counts[one]) for one in Right if one in counts]


def read_texts(session: Session, request: RightsRequest) -> RightsTexts | None:
    """The texts of one request without how he is reached, which takes a reason; None where it goes
    on as a case, which says who reads them. They count as a reading of the case that they are
    about, or of the request itself."""
    if request.outcome is RightsOutcome.REGISTERED or request.is_destroyed:
        return None
    if request.case_id is not None:
        tell_opened(session, request.case_id)
    else:
        tell_opened_beside(session, REQUEST, request.number)
    return replace(read_as_answerer(session, request), contact="")


def due_of(request: RightsRequest, book: Book) -> Clock:
    """The clock of a request, in the words of the desk."""
    return clock_words(promised(request.received_on, book), clock.today())


def due_on(request: RightsRequest, book: Book) -> date:
    """The day by which it is to be answered."""
    return promised(request.received_on, book).working.due_on


def _decided(request: RightsRequest, book: Book) -> Decided:
    assert request.decided_at is not None  # noqa: S101  # Asked for in the query.
    return Decided(request, day_of(request.decided_at), due_on(request, book))
