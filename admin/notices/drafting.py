"""Drafting a notice, or a change to one that stands (plan 五(一), 六(二))."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.notices import content as contents
from admin.notices.checking import findings
from admin.notices.content import Content, NoticeText
from admin.notices.notice_draft import OPEN, NoticeDraft, NoticeDraftFile, NoticeState
from admin.publishing.desk import (
    AlreadyDrafted,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.echoes import Echoes, both
from admin.publishing.located import written_answers
from intake.attachments.stored_file import StoredFile
from intake.cases.event import record
from portal.foundation import clock
from portal.foundation.text import LONGEST, TextTooLong
from portal.published.notice import Notice, NoticeKind


class NeedsDocument(Exception):
    """A typical case needs who found it, and the number of the document that says so."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody wrote: the notice, what changed in a sentence, and of which problem it
    tells."""

    text: NoticeText
    note: str
    problem: Problem | None = None


def open_draft(session: Session, slug: str) -> NoticeDraft | None:
    """The draft of a notice that isn't released yet."""
    return session.scalars(
        select(NoticeDraft).where(NoticeDraft.slug == slug, NoticeDraft.state.in_(OPEN))
    ).first()


def draft_notice(
    session: Session, *, by: Publisher, kind: NoticeKind, written: Written
) -> NoticeDraft:
    """Draft a new notice; nobody outside the desk reads it until another person releases it.

    Raises:
        NeedsText, NeedsDocument, TextTooLong: something is lacking, or too long.
    """
    # Neither how many notices there are nor what one says stands in its address.
    slug = f"{clock.today():%Y%m%d}-{secrets.token_hex(3)}"
    draft = _new_draft(slug, kind, by, written)
    return _add(session, draft, by, _content(kind, written))


def draft_change(
    session: Session, notice: Notice, *, by: Publisher, before: NoticeText, written: Written
) -> NoticeDraft:
    """Draft a change to a notice that stands, or one that puts a withdrawn notice up again.

    Raises:
        AlreadyDrafted: mend the draft that is there.
        NeedsText, NeedsDocument, TextTooLong: something is lacking, or too long.
    """
    # Held, so that of two who draft at a time the later one finds the draft of the earlier.
    session.refresh(notice, with_for_update=True)
    if open_draft(session, notice.slug) is not None:
        raise AlreadyDrafted(notice.slug)
    content = replace(_content(notice.kind, written), before=before)
    return _add(session, _new_draft(notice.slug, notice.kind, by, written), by, content)


def mend(
    session: Session, draft: NoticeDraft, *, by: Publisher, version: int, written: Written
) -> None:
    """Write a draft anew; it waits for another reader again. Answers stay with their passages.

    Raises:
        SomebodyWasFaster, NotADraft, NeedsText, NeedsDocument, TextTooLong: see there.
    """
    hold(draft, version)
    kept = contents.unseal(session, draft, by.office)
    fresh = _content(draft.kind, written)
    content = replace(kept, text=fresh.text, note=fresh.note)
    draft.state, draft.signed_by, draft.signed_at = NoticeState.DRAFTED, None, None
    draft.release_at, draft.problem_id = None, _id_of(written.problem)
    _keep(session, draft, by, replace(content, sent_back_because=""))
    record(session, "notice_drafted", by=by.staff_id, draft=draft.id)


def answer(
    session: Session,
    draft: NoticeDraft,
    *,
    by: Publisher,
    version: int,
    answers: Mapping[str, str],
) -> None:
    """Answer in writing why findings may stay. `answers` go by the finding's key.

    Whoever answers takes part in the draft, so that somebody else has to release it.

    Raises:
        SomebodyWasFaster, NotADraft: see there.
        NeedsText: every answer is empty.
    """
    hold(draft, version)
    content = contents.unseal(session, draft, by.office)
    found = findings(session, draft, content, by.book)
    written = written_answers(answers, found, by.staff_id)
    if not written:
        raise NeedsText
    _keep(session, draft, by, replace(content, answers={**content.answers, **written}))
    record(session, "notice_answered", by=by.staff_id, draft=draft.id)


def drop(session: Session, draft: NoticeDraft, *, by: Publisher, version: int) -> None:
    """Let go of a draft that nobody wants any more; its record stays.

    Raises:
        SomebodyWasFaster, NotADraft: see there.
    """
    hold(draft, version)
    draft.state = NoticeState.DROPPED
    session.flush()
    record(session, "notice_dropped", by=by.staff_id, draft=draft.id)


def note_echoes(session: Session, draft: NoticeDraft, office: str, echoes: Echoes) -> None:
    """Keep with a draft what it repeats of cases, so that somebody mends it or answers for it."""
    content = contents.unseal(session, draft, office)
    contents.seal(session, draft, replace(content, echoes=both(content.echoes, echoes)), office)
    session.flush()


def hold(draft: NoticeDraft, version: int) -> None:
    """Count on the version of a draft that may be worked on now.

    Raises:
        SomebodyWasFaster: the draft isn't the one that its writer saw.
        NotADraft: it was released, or dropped.
    """
    if draft.version != version:
        raise SomebodyWasFaster
    if draft.state not in OPEN:
        raise NotADraft
    draft.version += 1


def _content(kind: NoticeKind, written: Written) -> Content:
    parts = {name: text.strip() for name, text in written.text.parts.items()}
    if not (parts["title"] and parts["source"] and parts["body"] and written.note.strip()):
        raise NeedsText
    if len(parts["body"]) > LONGEST:
        raise TextTooLong(f"{len(parts['body'])} characters; {LONGEST} are the most")
    if kind is not NoticeKind.TYPICAL_CASE:
        parts |= {"finding_body": "", "document_number": ""}
    elif not (parts["finding_body"] and parts["document_number"]):
        raise NeedsDocument
    text = NoticeText(**parts, files=written.text.files)
    return Content(text=text, note=written.note.strip())


def _new_draft(slug: str, kind: NoticeKind, by: Publisher, written: Written) -> NoticeDraft:
    return NoticeDraft(
        slug=slug,
        kind=kind,
        state=NoticeState.DRAFTED,
        drafted_by=by.staff_id,
        drafted_at=clock.now(),
        problem_id=_id_of(written.problem),
        sealed=b"",
    )


def _add(session: Session, draft: NoticeDraft, by: Publisher, content: Content) -> NoticeDraft:
    # Its number ties its compartment to it.
    session.add(draft)
    session.flush()
    _keep(session, draft, by, content)
    record(session, "notice_drafted", by=by.staff_id, draft=draft.id)
    return draft


def _keep(session: Session, draft: NoticeDraft, by: Publisher, content: Content) -> None:
    contents.seal(session, draft, content.with_writer(by.staff_id), by.office)
    before = content.before.files if content.before else ()
    _keep_files(session, draft, [*content.text.files, *before])
    session.flush()


def _keep_files(session: Session, draft: NoticeDraft, files: Sequence[StoredFile]) -> None:
    """Say which files of the store belong to the draft, so that nobody sweeps them away."""
    session.execute(delete(NoticeDraftFile).where(NoticeDraftFile.draft_id == draft.id))
    names = dict.fromkeys(one.stored for one in files)
    session.add_all(NoticeDraftFile(draft_id=draft.id, stored=name) for name in names)


def _id_of(problem: Problem | None) -> int | None:
    return problem.id if problem else None
