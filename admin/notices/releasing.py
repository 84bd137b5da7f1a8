"""Releasing a notice (公示): somebody who had no hand in it reads it; of a typical case two do.

A typical case names people (点名道姓通报曝光, plan 六(二)). So it rests on the document of the body
that found it, each of the two says that he compared the two, and both are kept by name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from admin.notices import content as contents
from admin.notices.checking import findings
from admin.notices.content import Content
from admin.notices.drafting import hold
from admin.notices.notice_draft import READABLE, NoticeDraft, NoticeState
from admin.notices.putting_out import put_out
from admin.publishing.desk import (
    LeaksOpen,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
)
from intake.cases.event import record
from portal.foundation import clock
from portal.published.notice import NoticeKind

_MAY_BE_RELEASED = frozenset({NoticeState.DRAFTED, NoticeState.SIGNED})


class NotCompared(Exception):
    """Whoever releases a typical case has to say that he compared it with the document."""


class TooEarly(Exception):
    """The hour at which a notice shall go out has passed already."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a reader says when he releases: at which moment it goes out (None: at once), and that he
    compared a typical case with its document."""

    release_at: datetime | None = None
    compared: bool = False


def may_release(draft: NoticeDraft, content: Content, publisher: Publisher) -> bool:
    """Whether this person had no hand in the draft, and didn't sign it already."""
    return publisher.staff_id not in content.writers | {draft.drafted_by, draft.signed_by}


def needs_two(draft: NoticeDraft) -> bool:
    """Whether two readers have to release it, and the first didn't yet."""
    return draft.kind is NoticeKind.TYPICAL_CASE and draft.state is NoticeState.DRAFTED


def release(
    session: Session, draft: NoticeDraft, *, by: Publisher, version: int, reading: Reading
) -> NoticeState:
    """Release a draft; returns how far it is now: signed by the first of two, scheduled, released.

    Raises:
        SomebodyWasFaster: it isn't the draft that the reader saw.
        NotADraft: it was released, sent back or dropped.
        NeedsSecondReader: this person had a hand in it, or signed it already.
        LeaksOpen: something found in it is neither mended nor answered.
        NotCompared: a typical case wasn't compared with its document.
        TooEarly: the chosen hour has passed.
    """
    hold(draft, version)
    if draft.state not in _MAY_BE_RELEASED:
        raise NotADraft
    content = contents.unseal(session, draft, by.office)
    if not may_release(draft, content, by):
        raise NeedsSecondReader
    _check(session, draft, content, by, reading)
    draft.release_at = reading.release_at or draft.release_at
    if needs_two(draft):
        draft.state = NoticeState.SIGNED
        draft.signed_by, draft.signed_at = by.staff_id, clock.now()
        record(session, "notice_signed", by=by.staff_id, draft=draft.id)
    elif draft.release_at and draft.release_at > clock.now():
        draft.state, draft.released_by = NoticeState.SCHEDULED, by.staff_id
        record(session, "notice_scheduled", by=by.staff_id, draft=draft.id)
    else:
        draft.released_by = by.staff_id
        put_out(session, draft, content)
    session.flush()
    return draft.state


def send_back(
    session: Session, draft: NoticeDraft, *, by: Publisher, version: int, reason: str
) -> None:
    """Send a draft back to its writer, with what has to change; one that only waits for its hour,
    too.

    Raises:
        SomebodyWasFaster: see there.
        NotADraft: it was released, or sent back already.
        NeedsText: no reason is given.
    """
    if not reason.strip():
        raise NeedsText
    hold(draft, version)
    if draft.state not in READABLE:
        raise NotADraft
    content = contents.unseal(session, draft, by.office)
    draft.state, draft.signed_by, draft.signed_at = NoticeState.SENT_BACK, None, None
    draft.release_at, draft.released_by = None, None
    contents.seal(session, draft, replace(content, sent_back_because=reason.strip()), by.office)
    session.flush()
    record(session, "notice_sent_back", by=by.staff_id, draft=draft.id)


def _check(
    session: Session, draft: NoticeDraft, content: Content, by: Publisher, reading: Reading
) -> None:
    if any(one.is_open for one in findings(session, draft, content, by.book)):
        raise LeaksOpen
    if draft.kind is NoticeKind.TYPICAL_CASE and not reading.compared:
        raise NotCompared
    if reading.release_at and reading.release_at <= clock.now():
        raise TooEarly
