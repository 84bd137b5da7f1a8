"""Putting a released notice on the public site: at once, or when its hour comes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from admin.files.scanned_files import asked_first
from admin.notices import content as contents
from admin.notices.checking import findings
from admin.notices.content import Content
from admin.notices.drafting import note_echoes
from admin.notices.notice_draft import NoticeDraft, NoticeState
from admin.publishing.echoes import Echoes, echoes
from intake.attachments.store import FileIsGone, files_of
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
    store.expect([(one.stored, one.key, one.size) for one in content.text.files])
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
    worker does it, so that one goes out while nobody is at the desk. One in which something is
    found that nobody answered for, since a case came in between, goes back to its writer."""
    done = 0
    while (came := asked_first(partial(_put_out_next, database))) is not None:
        done += came
    return done


def _put_out_next(database: Database) -> bool | None:
    """Whether the next one went out; None where none is due."""
    repeated = _echoes_of_next(database)
    with database.writing() as session:
        draft = session.scalars(_due().with_for_update()).first()
        if draft is None:
            return None
        if draft.id not in repeated:
            return False
        found = book(session)
        office = found.campaign.office_code
        note_echoes(session, draft, office, repeated[draft.id])
        content = contents.unseal(session, draft, office)
        try:
            if any(one.is_open for one in findings(session, draft, content, found)):
                _hold_back(session, draft, content, office, "到时候又查到要说明的地方")
                return False
            put_out(session, draft, content)
        except FileIsGone:
            _hold_back(session, draft, content, office, "附件不见了，请重新传")
            return False
    return True


def _due() -> Select[NoticeDraft]:
    """The next notice whose hour has come."""
    scheduled = NoticeDraft.state == NoticeState.SCHEDULED
    due = select(NoticeDraft).where(scheduled, NoticeDraft.release_at <= clock.now())
    return due.order_by(NoticeDraft.id).limit(1)


def _echoes_of_next(database: Database) -> dict[int, Echoes]:
    """What the next one repeats of cases, by its id: every case is opened for it, so that nobody
    who writes may wait meanwhile."""
    with database.reading() as session:
        draft = session.scalars(_due()).first()
        if draft is None:
            return {}
        found = book(session)
        content = contents.unseal(session, draft, found.campaign.office_code)
        return {draft.id: echoes(session, content.to_check, found)}


def _hold_back(
    session: Session, draft: NoticeDraft, content: Content, office: str, why: str
) -> None:
    """Send a notice back to its writer at its hour; the next ones go out all the same."""
    by, draft.released_by = draft.released_by, None
    draft.state, draft.release_at = NoticeState.SENT_BACK, None
    draft.signed_by, draft.signed_at = None, None
    contents.seal(session, draft, replace(content, sent_back_because=f"{why}，没有公布。"), office)
    record(session, "notice_sent_back", by=by, draft=draft.id)
