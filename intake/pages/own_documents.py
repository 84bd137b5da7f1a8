"""The formal documents that a reporter got, as his own page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.formal_document import DocumentState, FormalDocument
from intake.cases.message import MessageKind
from intake.correspondence import Letter
from intake.document_text import texts_in
from portal.campaign.book import Book
from portal.foundation.clock import day_of


@dataclass(frozen=True)
class OwnDocument:
    """An issued document. `delivered_on` is the day from which his time to object is counted."""

    title: str
    number: str
    unit: str
    telephone: str
    issued_on: date
    delivered_on: date | None
    parts: list[tuple[str, str]]


def own_documents(
    session: Session, case: Case, book: Book, letters: Iterable[Letter]
) -> list[OwnDocument]:
    """The issued documents among a case's opened letters, the newest first."""
    texts = texts_in(one for one in letters if one.kind is MessageKind.DOCUMENT)
    issued = select(FormalDocument).where(
        FormalDocument.case_id == case.id, FormalDocument.state == DocumentState.ISSUED
    )
    return [
        OwnDocument(
            title=one.kind.official,
            number=one.number or "",
            unit=book.unit_name(one.unit_code),
            telephone=book.units[one.unit_code].telephone or book.campaign.hotline,
            issued_on=day_of(one.issued_at),
            delivered_on=one.delivered_on,
            parts=texts[one.key].parts(one.kind),
        )
        for one in session.scalars(issued.order_by(FormalDocument.id.desc()))
        if one.key in texts and one.issued_at
    ]
