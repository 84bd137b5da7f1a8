"""Reading the mistakes on the site: what waits for its answer, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.mistake_access import mistakes_visible
from admin.desk.due_words import Clock, clock_words
from admin.mistakes.answerer import Answerer
from intake.cases.site_mistake import MistakeOutcome, SiteMistake
from intake.mistakes.mistake_texts import MistakeTexts, read_as_answerer
from intake.mistakes.promise import promised
from intake.opened import MISTAKE, tell_opened_beside
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.long_list import LongList
from portal.foundation.staff import Staff

# Counting further would slow the page down.
_MOST_COUNTED = 1000


@dataclass(frozen=True)
class Waits:
    """A mistake that waits for its answer."""

    mistake: SiteMistake
    due: Clock


@dataclass(frozen=True)
class Answered:
    """One that was answered, by whom first, and whether that was after its date. `by` is empty
    where the worker made a case of it."""

    mistake: SiteMistake
    by: str
    answered_on: date
    late: bool


def waiting(session: Session, by: Answerer) -> LongList[Waits]:
    """What waits for its answer, the most urgent first: whoever wrote first is due first. No words:
    reading those is an event."""
    wanted = (
        select(SiteMistake)
        .where(SiteMistake.outcome.is_(None), mistakes_visible(by.access))
        .order_by(SiteMistake.reported_at, SiteMistake.id)
    )

    def told(row: Row[SiteMistake]) -> Waits:
        return Waits(row.SiteMistake, due_of(row.SiteMistake, by.book))

    return LongList(session, wanted, told)


def answered(session: Session, by: Answerer) -> LongList[Answered]:
    """What was answered, the newest first."""
    wanted = (
        select(SiteMistake, Staff.display_name)
        .join(Staff, Staff.id == SiteMistake.answered_by, isouter=True)
        .where(SiteMistake.outcome.is_not(None), mistakes_visible(by.access))
        .order_by(SiteMistake.answered_at.desc(), SiteMistake.id.desc())
    )
    return LongList(session, wanted, lambda row: _answered(row[0], row[1] or "", by.book))


def read_texts(session: Session, mistake: SiteMistake) -> MistakeTexts | None:
    """The texts of one mistake; None where they became a case, which says who reads them, and where
    they were destroyed. It counts as a reading of it."""
    if mistake.outcome is MistakeOutcome.REGISTERED or mistake.is_destroyed:
        return None
    tell_opened_beside(session, MISTAKE, mistake.number)
    return read_as_answerer(session, mistake)


def due_of(mistake: SiteMistake, book: Book) -> Clock:
    """The clock of a mistake, in the words of the desk."""
    return clock_words(promised(day_of(mistake.reported_at), book), clock.today())


def count_waiting(session: Session, access: Access, book: Book) -> tuple[int, int]:
    """How many wait for this person's answer, and how many of them past their date; past 1,000
    it stays at one more than that."""
    wanted = (
        select(SiteMistake.reported_at)
        .where(SiteMistake.outcome.is_(None), mistakes_visible(access))
        .order_by(SiteMistake.reported_at)
        .limit(_MOST_COUNTED + 1)
    )
    days = [day_of(moment) for moment in session.scalars(wanted)]
    late = {day: _is_late(day, clock.today(), book) for day in set(days)}
    return len(days), sum(late[day] for day in days)


def _answered(mistake: SiteMistake, name: str, book: Book) -> Answered:
    assert mistake.answered_at is not None  # noqa: S101  # It has an outcome.
    on = day_of(mistake.answered_at)
    return Answered(mistake, name, on, _is_late(day_of(mistake.reported_at), on, book))


def _is_late(received_on: date, on: date, book: Book) -> bool:
    return on > promised(received_on, book).working.due_on
