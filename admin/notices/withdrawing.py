"""Withdrawing a notice (撤下): at once and by one person, since what says too much can't wait."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.notices import content as contents
from admin.notices.content import Content, NoticeText
from admin.notices.notice_draft import NoticeDraft, NoticeState
from admin.publishing.desk import LeaksOpen, NeedsText, Publisher
from admin.publishing.inside import says_too_much
from admin.publishing.withdrawing import AlreadyWithdrawn
from intake.cases.event import record
from portal.foundation import clock
from portal.published.notice import Notice
from portal.published.noticing import withdraw_notice


def withdraw(session: Session, notice: Notice, *, by: Publisher, because: str, title: str) -> None:
    """Take a notice down; the public reads under `title` that it was, when and why. What it said
    stays sealed at the desk.

    Raises:
        NeedsText: no reason or title is given.
        LeaksOpen: the reason or the title itself says too much.
        AlreadyWithdrawn: see there.
    """
    session.refresh(notice, with_for_update=True)
    if notice.withdrawn_on:
        raise AlreadyWithdrawn(notice.slug)
    if not (because.strip() and title.strip()):
        raise NeedsText
    if says_too_much(f"{title}\n{because}", by.book):
        raise LeaksOpen
    _keep_what_it_said(session, notice, by)
    withdraw_notice(session, notice, title=title.strip(), because=because.strip())
    record(session, "notice_withdrawn", by=by.staff_id, notice=notice.slug)


def standing_text(session: Session, notice: Notice, office: str) -> NoticeText:
    """What a notice says, or said before it was withdrawn, with what opens its files."""
    last = _last_release(session, notice)
    if last is not None:
        return contents.unseal(session, last, office).text
    return NoticeText(
        title=notice.title,
        source=notice.source,
        summary=notice.summary,
        body=notice.body_markdown,
        finding_body=notice.finding_body,
        document_number=notice.document_number,
    )


def _last_release(session: Session, notice: Notice) -> NoticeDraft | None:
    released = select(NoticeDraft).where(
        NoticeDraft.slug == notice.slug, NoticeDraft.state == NoticeState.RELEASED
    )
    return session.scalars(released.order_by(NoticeDraft.id.desc()).limit(1)).first()


def _keep_what_it_said(session: Session, notice: Notice, by: Publisher) -> None:
    """A notice that came with the campaign's files has no draft that remembers it."""
    if _last_release(session, notice) is not None:
        return
    text, now = standing_text(session, notice, by.office), clock.now()
    kept = NoticeDraft(
        slug=notice.slug,
        kind=notice.kind,
        state=NoticeState.RELEASED,
        drafted_by=by.staff_id,
        drafted_at=now,
        released_at=now,
        sealed=b"",
    )
    session.add(kept)
    session.flush()
    contents.seal(session, kept, Content(text=text, note=""), by.office)
    session.flush()
