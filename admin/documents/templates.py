"""The office's templates: which one is in force, taking a new one over, going back to the product's
own. Every revision is kept."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.documents.document_template import DocumentTemplate
from admin.documents.paper import Paper
from intake.cases.event import record
from portal.foundation import clock


class NoSuchTemplate(LookupError):
    """There is no such revision."""


def revisions(session: Session, paper: Paper) -> list[DocumentTemplate]:
    """All templates of a paper, the newest first; none where the product's own was never used."""
    wanted = select(DocumentTemplate).where(DocumentTemplate.kind == paper.kind)
    return list(session.scalars(wanted.order_by(DocumentTemplate.revision.desc())))


def content_in_force(session: Session, paper: Paper) -> bytes:
    """The DOCX that a new paper is made from."""
    latest = _latest(session, paper)
    return paper.make() if latest is None or latest.shipped else latest.content


def content_of(session: Session, paper: Paper, revision: int) -> bytes:
    """The DOCX of one revision. Raises NoSuchTemplate."""
    wanted = select(DocumentTemplate).where(
        DocumentTemplate.kind == paper.kind, DocumentTemplate.revision == revision
    )
    found = session.scalars(wanted).first()
    if found is None:
        raise NoSuchTemplate(paper.kind, revision)
    return found.content


def in_force(session: Session, paper: Paper) -> DocumentTemplate:
    """The template of a paper that is being issued. The product's own becomes a revision with
    its first use, and again where a newer product brings another one along: what was issued can be
    made again as it was."""
    latest = _latest(session, paper)
    if latest is None or (latest.shipped and latest.content != paper.make()):
        return _add(session, paper, paper.make(), shipped_one=True, by=None)
    return latest


def take_over(session: Session, paper: Paper, content: bytes, *, by: int) -> DocumentTemplate:
    """Put a template in force that was checked before."""
    added = _add(session, paper, content, shipped_one=False, by=by)
    record(session, "template_changed", by=by, kind=paper.kind, revision=added.revision)
    return added


def back_to_shipped(session: Session, paper: Paper, *, by: int) -> None:
    """Put the product's own template in force again; nothing happens where it is."""
    latest = _latest(session, paper)
    if latest is None or latest.shipped:
        return
    added = _add(session, paper, paper.make(), shipped_one=True, by=by)
    record(session, "template_changed", by=by, kind=paper.kind, revision=added.revision)


def _latest(session: Session, paper: Paper) -> DocumentTemplate | None:
    return next(iter(revisions(session, paper)), None)


def _add(
    session: Session, paper: Paper, content: bytes, *, shipped_one: bool, by: int | None
) -> DocumentTemplate:
    latest = _latest(session, paper)
    added = DocumentTemplate(
        kind=paper.kind,
        revision=latest.revision + 1 if latest else 1,
        content=content,
        shipped=shipped_one,
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    session.add(added)
    session.flush()
    return added
