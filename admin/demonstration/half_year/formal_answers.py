"""The document by which a sample has to be answered, with a text that says that it is invented."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from admin.desk.formal_answer import document_owed
from admin.desk.hand import Hand
from admin.documents import drafting
from admin.documents.standard import standard_text
from intake.cases.case import Case
from intake.document_text import DocumentText
from intake.rules.formal_documents import OUTCOMES, PARTS

_SAMPLE_PART = "（样例）查了发放记录，情况属实。"


def issue_what_is_owed(session: Session, case: Case, *, writer: Hand, signer: Hand) -> None:
    """Issue it, where the case is of such a kind and none was issued."""
    kind = document_owed(session, case)
    if kind is None:
        return
    usual = asdict(standard_text(kind, case, writer.book))
    written = {part: usual[part] or _SAMPLE_PART for part in PARTS[kind] if part != "outcome"}
    text = DocumentText(**written, outcome=next(iter(OUTCOMES[kind])))
    document = drafting.draft(session, case, writer, kind, text)
    session.flush()
    drafting.issue(session, case, Hand(signer.access, signer.book, case.version), document)
    session.flush()
