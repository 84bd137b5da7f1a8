"""What of the summaries waits for somebody: parts that are owed, signatures, acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.returns.waiting import laid_before, to_receive
from admin.summaries.contribution import Contribution
from admin.summaries.part_list import outstanding
from admin.summaries.planned import Owed, opened, owed_in, planned_in
from admin.summaries.sight import puts_together
from admin.summaries.summary import Summary, SummaryState
from admin.summaries.summary_reminder import SummaryReminder
from portal.campaign.book import Book
from portal.foundation import clock


@dataclass(frozen=True)
class PartCount:
    """How many parts of a summary are owed, and how many of them came and stand."""

    came: int
    owed: int


def count_parts(session: Session, book: Book) -> Mapping[str, PartCount]:
    """Of every summary, by its key; for the office."""
    every = planned_in(book)
    left = [one.planned.key for one in outstanding(session, book, every)]
    return {
        one.key: PartCount(len(owed_in(book, one)) - left.count(one.key), len(owed_in(book, one)))
        for one in every
    }


def owed_by(session: Session, access: Access, book: Book) -> list[Owed]:
    """The parts that a person's units still owe, though they were reminded of them, the newest
    summary first."""
    left = outstanding(session, book, opened(book, clock.today()))
    return [one for one in left if one.unit in access.fieldwork]


def count_owing(session: Session, book: Book) -> int:
    """How many parts are outstanding of those of which units were reminded; for the office."""
    return len(outstanding(session, book, opened(book, clock.today())))


def count_to_accept(session: Session, access: Access) -> int:
    """How many parts wait for this person's acceptance."""
    wanted = select(func.count()).select_from(Contribution)
    return session.scalar(wanted.where(to_receive(access, Contribution))) or 0


def count_to_approve(session: Session, access: Access) -> int:
    """How many summaries wait for the head of the office; none for whoever has no part in them."""
    if not puts_together(access):
        return 0
    wanted = select(func.count()).where(Summary.state == SummaryState.FROZEN)
    return session.scalar(wanted) or 0


def brings_work(session: Session, access: Access, book: Book, since: datetime) -> bool:
    """Whether the summaries have laid something before this person since then: his unit was
    reminded of a part that it still owes; somebody wrote one for his signature, handed one in to
    him, or sent one back."""
    if not planned_in(book):
        return False
    row = select(Contribution.id).where(or_(*laid_before(access, since, Contribution)))
    if session.scalars(row.limit(1)).first() is not None:
        return True
    reminded = session.execute(
        select(SummaryReminder.duty, SummaryReminder.unit_code).where(
            SummaryReminder.unit_code.in_(access.fieldwork),
            SummaryReminder.reminded_at > since,
        )
    ).all()
    left = {(one.planned.key, one.unit) for one in owed_by(session, access, book)}
    return any((row.duty, row.unit_code) in left for row in reminded)
