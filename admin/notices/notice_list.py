"""Reading the notices at the desk: drafts that wait, what stands on the site, what was
withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from admin.notices import content as contents
from admin.notices.differences import Piece, differences
from admin.notices.notice_draft import OPEN, NoticeDraft, NoticeState
from portal.foundation.staff import Staff
from portal.published.notice import Notice


@dataclass(frozen=True)
class WaitingNotice:
    """A draft that isn't released, under its title."""

    draft: NoticeDraft
    title: str
    drafted_by: str


@dataclass(frozen=True)
class Version:
    """One release of a notice as the desk remembers it: each text that changed with what changed in
    it. `released_by` are the names of who released it."""

    draft: NoticeDraft
    note: str
    changes: dict[str, Sequence[Piece]]
    drafted_by: str
    released_by: tuple[str, ...]


def waiting_notices(session: Session, office: str) -> list[WaitingNotice]:
    """The drafts that wait for a reader, for their hour, or to be mended; oldest first."""
    rows = session.execute(
        select(NoticeDraft, Staff.display_name)
        .join(Staff, Staff.id == NoticeDraft.drafted_by)
        .where(NoticeDraft.state.in_(OPEN))
        .order_by(NoticeDraft.id)
    ).all()
    return [
        WaitingNotice(draft, contents.unseal(session, draft, office).text.title, name)
        for draft, name in rows
    ]


def waiting_notice_count(session: Session) -> int:
    """How many drafts wait for somebody; those that only wait for their hour aren't among them."""
    waiting = OPEN - {NoticeState.SCHEDULED}
    counted = select(func.count()).select_from(NoticeDraft).where(NoticeDraft.state.in_(waiting))
    return session.scalars(counted).one()


def all_notices(session: Session) -> Sequence[Notice]:
    """What stands on the public site and what was withdrawn, newest first, without the texts."""
    texts = (Notice.body_markdown, Notice.body_html)
    stored = select(Notice).order_by(Notice.published_on.desc(), Notice.slug)
    return session.scalars(stored.options(*map(defer, texts))).all()


def versions(session: Session, slug: str, office: str) -> list[Version]:
    """Every release of a notice that the desk remembers, newest first."""
    released = select(NoticeDraft).where(
        NoticeDraft.slug == slug, NoticeDraft.state == NoticeState.RELEASED
    )
    drafts = session.scalars(released.order_by(NoticeDraft.id.desc())).all()
    names = _names(session, drafts)
    return [_version(session, one, office, names) for one in drafts]


def _version(session: Session, draft: NoticeDraft, office: str, names: dict[int, str]) -> Version:
    content = contents.unseal(session, draft, office)
    return Version(
        draft=draft,
        note=content.note,
        changes=changes_of(content),
        drafted_by=names[draft.drafted_by],
        released_by=tuple(
            names[one] for one in (draft.signed_by, draft.released_by) if one is not None
        ),
    )


def changes_of(content: contents.Content) -> dict[str, Sequence[Piece]]:
    """What a draft changes of what stood, by the text's name; empty for a first one."""
    if content.before is None:
        return {}
    before = {**content.before.parts, "files": content.before.file_names}
    after = {**content.text.parts, "files": content.text.file_names}
    return {
        name: differences(before[name], text)
        for name, text in after.items()
        if before[name] != text
    }


def _names(session: Session, drafts: Sequence[NoticeDraft]) -> dict[int, str]:
    ids = {
        one
        for draft in drafts
        for one in (draft.drafted_by, draft.signed_by, draft.released_by)
        if one is not None
    }
    rows = session.execute(select(Staff.id, Staff.display_name).where(Staff.id.in_(ids))).all()
    return {row[0]: row[1] for row in rows}
