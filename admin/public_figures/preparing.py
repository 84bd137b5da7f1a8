"""Preparing a month's figures: counted, small numbers hidden, frozen for a second reader."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.public_figures import draft_words
from admin.public_figures.draft_words import DraftWords
from admin.public_figures.figures_draft import FiguresDraft
from admin.public_figures.making import beside_earlier, sheet_of
from admin.public_figures.month import ended_months
from admin.public_figures.month_count import count_month, first_counted
from admin.publishing.desk import Publisher, SomebodyWasFaster
from admin.publishing.result_draft import DraftState
from intake.cases.event import record
from portal.campaign.book import Book
from portal.campaign.campaign import Campaign
from portal.foundation import clock
from portal.published.month_figures import MonthFigures
from portal.published.month_sheet import MonthSheet


class NotAnEndedMonth(Exception):
    """The month isn't over, or nothing had come before its end."""


class StandsThere(Exception):
    """The month is published. It has to be withdrawn before it is counted again."""


def months(session: Session) -> list[date]:
    """The months of which figures could be published, newest first."""
    first = first_counted(session)
    return list(ended_months(first, clock.today())) if first else []


def open_draft(session: Session, month: date) -> FiguresDraft | None:
    """The draft of a month that isn't released yet."""
    wanted = select(FiguresDraft).where(
        FiguresDraft.month == month, FiguresDraft.state != DraftState.RELEASED
    )
    return session.scalars(wanted).first()


def counted_now(session: Session, book: Book, month: date) -> MonthSheet:
    """The sheet of a month as it would be published now.

    Raises:
        NotCountedYet: the worker hasn't read to the end of the month.
    """
    released = select(FiguresDraft).where(
        FiguresDraft.month == month, FiguresDraft.state == DraftState.RELEASED
    )
    sheet = sheet_of(count_month(session, book, month), list(book.units))
    return beside_earlier(sheet, [one.sheet for one in session.scalars(released)])


def prepare(
    session: Session, month: date, *, by: Publisher, version: int, note: str = ""
) -> FiguresDraft:
    """Count a month and freeze it for a second reader; a draft of it that is there is counted anew.

    `version` is that of the draft that was seen, 0 where there was none. `note` says why a month
    that was withdrawn is published again, and is published with it.

    Raises:
        NotAnEndedMonth, NotCountedYet, StandsThere: see there.
        SomebodyWasFaster: somebody prepared it meanwhile.
        NeedsText, NotForThePublic: the note of a month that was withdrawn.
    """
    # Held, so that of two who prepare at a time the later one finds the draft of the earlier.
    session.get(Campaign, 1, with_for_update=True)
    if month not in months(session):
        raise NotAnEndedMonth(month)
    note = _note_for(session, month, by.book, note)
    sheet = counted_now(session, by.book, month)
    draft = open_draft(session, month)
    if (draft.version if draft else 0) != version:
        raise SomebodyWasFaster
    if draft is None:
        draft = FiguresDraft(month=month, version=0)
        session.add(draft)
    draft.state, draft.kept = DraftState.DRAFTED, sheet.to_json()
    draft.prepared_by, draft.prepared_at = by.staff_id, clock.now()
    draft.version += 1
    session.flush()
    draft_words.seal(session, draft, DraftWords(note=note), by.office)
    session.flush()
    record(session, "figures_prepared", by=by.staff_id, month=f"{month:%Y-%m}", draft=draft.id)
    return draft


def _note_for(session: Session, month: date, book: Book, note: str) -> str:
    """The note of a month that was published before; nothing for one that wasn't."""
    standing = session.get(MonthFigures, month)
    if standing is None:
        return ""
    if standing.kept is not None:
        raise StandsThere(month)
    return draft_words.checked(note, book)
