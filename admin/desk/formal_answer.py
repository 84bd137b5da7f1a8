"""Formal answers: what the law wants answered by a numbered document isn't answered by a mere reply
(信访工作条例 32, 政府信息公开条例 36)."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.cases.assignment import Assignment
from intake.cases.case import Case
from intake.cases.formal_document import DocumentState, FormalDocument
from intake.dates import happened
from intake.rules.clocks import route_of
from intake.rules.formal_documents import DocumentKind, formal_answer


class NeedsDocument(Exception):
    """A document of this kind has to be issued first."""

    def __init__(self, kind: DocumentKind) -> None:
        super().__init__(kind)
        self.kind = kind


def document_owed(session: Session, case: Case) -> DocumentKind | None:
    """The document by which a case has still to be answered; None where there is none, or the unit
    that has it has issued it since it got it: what was issued before an objection, or by another
    unit, answers nothing now."""
    kind = formal_answer(case.kind, route_of(happened(session, case)))
    if kind is None:
        return None
    since = session.scalar(
        select(func.max(Assignment.assigned_at)).where(
            Assignment.case_id == case.id, Assignment.unit_code == case.unit_code
        )
    )
    issued = select(FormalDocument.id).where(
        FormalDocument.case_id == case.id,
        FormalDocument.kind == kind,
        FormalDocument.state == DocumentState.ISSUED,
        FormalDocument.unit_code == case.unit_code,
    )
    if since is not None:
        issued = issued.where(FormalDocument.issued_at >= since)
    return None if session.scalars(issued.limit(1)).first() else kind


def check_answered_formally(session: Session, case: Case) -> None:
    """Refuse a reply where a document is still owed. Raises NeedsDocument."""
    owed = document_owed(session, case)
    if owed is not None:
        raise NeedsDocument(owed)
