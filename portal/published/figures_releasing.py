"""Putting a month's figures on the public site, and taking them down: the copy, its history, the
word to cached pages."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from portal.campaign.revision import new_revision
from portal.foundation import clock
from portal.published.appearance import month_path, note_gone
from portal.published.month_figures import FiguresChange, MonthFigures
from portal.published.month_sheet import MonthSheet


class NothingPublished(Exception):
    """Nothing of that month stands on the public site."""


def put_out_month(session: Session, month: date, sheet: MonthSheet, *, note: str) -> int:
    """Publish a month by its first day; `note` says why, where it was published before.

    Returns which release of it this is, from 1. Cached pages learn of it at once.
    """
    figures = session.get(MonthFigures, month, with_for_update=True)
    if figures is None:
        figures = MonthFigures(month=month, revision=0, changes=[])
        session.add(figures)
    figures.revision += 1
    figures.kept = sheet.to_json()
    _note(session, figures, note, withdrawn=False)
    return figures.revision


def withdraw_month(session: Session, month: date, *, revision: int, note: str) -> None:
    """Take a month down. That it stood there, and why it doesn't any more, stays with the day.

    Raises:
        NothingPublished: it doesn't stand there, or another release of it does.
    """
    figures = session.get(MonthFigures, month, with_for_update=True)
    if figures is None or figures.kept is None or figures.revision != revision:
        raise NothingPublished(month)
    figures.kept = None
    note_gone(session, month_path(month))
    _note(session, figures, note, withdrawn=True)


def _note(session: Session, figures: MonthFigures, note: str, *, withdrawn: bool) -> None:
    figures.changed_at = clock.now()
    change = FiguresChange(
        revision=figures.revision, withdrawn=withdrawn, changed_at=figures.changed_at, note=note
    )
    figures.changes.insert(0, change)
    session.flush()
    new_revision(session)
