"""The formal documents of a case as somebody at a desk may read them, and what he may do with each
of them now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.desk.entries import names_of_staff
from admin.desk.hand import Hand
from admin.documents.drafting import (
    documents_of,
    may_change,
    may_deliver,
    may_draft,
    may_issue,
    writers_of,
)
from admin.documents.variables import Frame
from intake.cases.case import Case
from intake.cases.formal_document import DocumentState, FormalDocument
from intake.cases.message import MessageKind
from intake.correspondence import read_as_unit
from intake.document_text import DocumentText, texts_in
from intake.rules.formal_documents import DocumentKind, fitting
from portal.campaign.book import Book
from portal.foundation.clock import day_of


@dataclass(frozen=True)
class Sheet:
    """One document. `text` is None where this person's units don't hold its key yet; `is_writer`
    tells that it needs somebody else to issue it."""

    document: FormalDocument
    frame: Frame
    text: DocumentText | None
    writers: tuple[str, ...]
    issuer: str
    is_writer: bool
    may_change: bool
    may_issue: bool
    may_deliver: bool

    @property
    def kind(self) -> DocumentKind:
        """What it is."""
        return self.document.kind

    @property
    def is_issued(self) -> bool:
        """Whether it counts."""
        return self.document.state is DocumentState.ISSUED

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What it says, each part with what it is called."""
        return self.text.parts(self.kind) if self.text else []


def sheets_of(session: Session, case: Case, hand: Hand) -> list[Sheet]:
    """The documents of a case, the newest first."""
    openers = hand.access.openers
    drafts = texts_in(read_as_unit(session, case, openers, [MessageKind.DOCUMENT_DRAFT]))
    issued = texts_in(read_as_unit(session, case, openers, [MessageKind.DOCUMENT]))
    names = names_of_staff(session)
    found = []
    for one in documents_of(session, case):
        writers = writers_of(session, one)
        found.append(
            Sheet(
                document=one,
                frame=frame_of(one, case, hand.book),
                text=(issued if one.state is DocumentState.ISSUED else drafts).get(one.key),
                writers=tuple(names[staff_id] for staff_id in sorted(writers)),
                issuer=names.get(one.issued_by or 0, ""),
                is_writer=hand.access.staff_id in writers,
                may_change=may_change(session, case, hand, one),
                may_issue=may_issue(session, case, hand, one),
                may_deliver=may_deliver(session, case, hand, one),
            )
        )
    return found


def kinds_to_begin(session: Session, case: Case, hand: Hand) -> list[DocumentKind]:
    """The documents that somebody may begin for a case now."""
    return [kind for kind in fitting(case.kind) if may_draft(session, case, hand, kind)]


def frame_of(document: FormalDocument, case: Case, book: Book) -> Frame:
    """What stands around a document's text."""
    unit = book.units[document.unit_code]
    return Frame(
        unit=unit.name,
        telephone=unit.telephone or book.campaign.hotline,
        case_number=case.number,
        number=document.number or "",
        issued_on=day_of(document.issued_at) if document.issued_at else None,
    )
