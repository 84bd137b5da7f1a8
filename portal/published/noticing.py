"""Putting a notice on the public site, changing it there, and taking it down again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.campaign.revision import new_revision
from portal.foundation import clock
from portal.foundation.text import published_html
from portal.published.appearance import note_gone
from portal.published.notice import Notice, NoticeFile, NoticeKind, NoticeRelease


@dataclass(frozen=True)
class PublicFile:
    """A file that goes out with a notice: under which name people save it, what it is in a word
    (PDF), and its bytes."""

    title: str
    what: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class NoticePublication:
    """Everything that the public will read of a notice. `note` says what changed."""

    slug: str
    kind: NoticeKind
    title: str
    source: str
    summary: str
    body: str
    finding_body: str
    document_number: str
    note: str
    files: Sequence[PublicFile]


def put_out_notice(session: Session, publication: NoticePublication) -> int:
    """Publish a notice under its address, or what changed in it; returns which release this was,
    from 1. One that had been withdrawn stands again. Cached pages learn of it at once.

    Raises:
        TextTooLong: the body is longer than anything the portal publishes.
    """
    notice = session.get(Notice, publication.slug, with_for_update=True)
    if notice is None:
        notice = Notice(slug=publication.slug, published_on=clock.today(), releases=[], files=[])
        session.add(notice)
    _copy(notice, publication)
    revision = _note(notice, publication.note)
    session.flush()
    new_revision(session)
    return revision


def withdraw_notice(session: Session, notice: Notice, *, title: str, because: str) -> None:
    """Take a notice down (撤下): its words and files are gone from the public side, a dated note
    with a title and the reason stays. Cached pages learn of it at once."""
    notice.title = title
    notice.withdrawn_on, notice.withdrawn_because = clock.today(), because
    notice.from_desk = True
    notice.source = notice.summary = notice.body_markdown = notice.body_html = ""
    notice.finding_body = notice.document_number = ""
    notice.files.clear()
    session.flush()
    note_gone(session, f"/notices/{notice.slug}")
    new_revision(session)


def _copy(notice: Notice, publication: NoticePublication) -> None:
    notice.kind, notice.title = publication.kind, publication.title
    notice.source, notice.summary = publication.source, publication.summary
    notice.body_markdown = publication.body
    notice.body_html = published_html(publication.body)
    notice.finding_body = publication.finding_body
    notice.document_number = publication.document_number
    notice.withdrawn_on, notice.withdrawn_because, notice.from_desk = None, "", True
    notice.files[:] = [
        NoticeFile(
            name=secrets.token_hex(8),
            title=one.title,
            what=one.what,
            size=len(one.content),
            content=one.content,
        )
        for one in publication.files
    ]


def _note(notice: Notice, note: str) -> int:
    revision = max((one.revision for one in notice.releases), default=0) + 1
    notice.releases.insert(0, NoticeRelease(revision=revision, released_at=clock.now(), note=note))
    return revision
