"""Releasing a month's figures: a second person reads what the public will read."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from sqlalchemy.orm import Session

from admin.public_figures import draft_words
from admin.public_figures.draft_words import DraftWords
from admin.public_figures.figures_draft import FiguresDraft
from admin.public_figures.preparing import counted_now
from admin.publishing.desk import (
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.result_draft import DraftState
from intake.cases.event import record
from portal.foundation import clock
from portal.published.figures_releasing import put_out_month, withdraw_month


class CountsChanged(Exception):
    """Counted now, the month is no longer what the draft says."""


def may_release(draft: FiguresDraft, publisher: Publisher) -> bool:
    """Whether this person is a second reader."""
    return draft.prepared_by != publisher.staff_id


def release(session: Session, draft: FiguresDraft, *, by: Publisher, version: int) -> int:
    """Release a draft; returns which release of its month the public now reads.

    Raises:
        SomebodyWasFaster: the draft isn't the one that the reader saw.
        NotADraft: it was released, or sent back.
        NeedsSecondReader: this person prepared it.
        NotCountedYet, CountsChanged: it has to be counted anew.
    """
    _hold(draft, version)
    if not may_release(draft, by):
        raise NeedsSecondReader
    sheet = draft.sheet
    if counted_now(session, by.book, draft.month) != sheet:
        raise CountsChanged(draft.month)
    note = draft_words.unseal(session, draft, by.office).note
    revision = put_out_month(session, draft.month, sheet, note=note)
    draft.state = DraftState.RELEASED
    draft.released_by, draft.released_at = by.staff_id, clock.now()
    record(
        session,
        "figures_released",
        by=by.staff_id,
        month=f"{draft.month:%Y-%m}",
        revision=revision,
        sha256=digest(draft),
    )
    session.flush()
    return revision


def send_back(
    session: Session, draft: FiguresDraft, *, by: Publisher, version: int, reason: str
) -> None:
    """Send a draft back to whoever prepared it, with what is wrong.

    Raises:
        SomebodyWasFaster, NotADraft: see `release`.
        NeedsText: no reason is given.
    """
    if not reason.strip():
        raise NeedsText
    _hold(draft, version)
    note = draft_words.unseal(session, draft, by.office).note
    draft_words.seal(session, draft, DraftWords(note, reason.strip()), by.office)
    draft.state = DraftState.SENT_BACK
    record(session, "figures_sent_back", by=by.staff_id, draft=draft.id)
    session.flush()


def withdraw(session: Session, month: date, *, by: Publisher, revision: int, reason: str) -> None:
    """Take a month down at once; its day and the reason stay on the public page. One person may:
    what is wrong shouldn't stand there while another one is looked for.

    Raises:
        NothingPublished: that release of it doesn't stand there.
        NeedsText, NotForThePublic: the reason.
    """
    reason = draft_words.checked(reason, by.book)
    withdraw_month(session, month, revision=revision, note=reason)
    record(session, "figures_withdrawn", by=by.staff_id, month=f"{month:%Y-%m}", revision=revision)
    session.flush()


def digest(draft: FiguresDraft) -> str:
    """SHA-256 of what is released, so that the chain of events says what stood there."""
    said = json.dumps(draft.kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _hold(draft: FiguresDraft, version: int) -> None:
    """Count the version of a draft on that may be read and released now."""
    if draft.version != version:
        raise SomebodyWasFaster
    if draft.state is not DraftState.DRAFTED:
        raise NotADraft
    draft.version += 1
