"""Putting a released notice on the public site: at once, or when its hour comes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.notices import content as contents
from admin.notices.content import Content
from admin.notices.notice_draft import NoticeDraft, NoticeState
from intake.attachments.store import files_of
from intake.cases.event import record
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.database import Database
from portal.published.noticing import NoticePublication, PublicFile, put_out_notice


def put_out(session: Session, draft: NoticeDraft, content: Content) -> int:
    """Let the public read a draft; returns which release of the notice this is.

    Raises:
        FileIsGone: a file of it isn't in the store any more.
    """
    store = files_of(session)
    files = [
        PublicFile(
            title=one.file_name,
            what=one.file_type.official,
            content=store.whole(one.stored, one.key, one.size),
        )
        for one in content.text.files
    ]
    publication = NoticePublication(
        slug=draft.slug, kind=draft.kind, note=content.note, files=files, **content.text.parts
    )
    draft.state, draft.released_at = NoticeState.RELEASED, clock.now()
    revision = put_out_notice(session, publication)
    record(session, "notice_released", by=draft.released_by, draft=draft.id, revision=revision)
    return revision


def put_out_due(database: Database) -> int:
    """Put out every notice whose hour has come, each in one transaction; returns how many. The
    worker does it, so that one goes out while nobody is at the desk."""
    done = 0
    while True:
        with database.writing() as session:
            due = select(NoticeDraft).where(
                NoticeDraft.state == NoticeState.SCHEDULED, NoticeDraft.release_at <= clock.now()
            )
            draft = session.scalars(due.limit(1).with_for_update()).first()
            if draft is None:
                return done
            office = book(session).campaign.office_code
            put_out(session, draft, contents.unseal(session, draft, office))
            done += 1
