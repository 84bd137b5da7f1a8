"""A formal document of a case (文书): how far it is. What it says lies in the case's compartments,
a draft in the notes, the issued text in the conversation, so that the reporter reads it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.rules.formal_documents import DocumentKind
from portal.foundation.database import Base, UtcMoment, choice


class DocumentState(StrEnum):
    """How far a document is."""

    DRAFT = "draft"
    ISSUED = "issued"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return {DocumentState.DRAFT: "待签发", DocumentState.ISSUED: "已签发"}[self]


class Delivery(StrEnum):
    """How a document came to the reporter."""

    IN_PERSON = "in_person"
    LETTER = "letter"
    WEB = "web"
    OTHER = "other"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            Delivery.IN_PERSON: "当面送达",
            Delivery.LETTER: "挂号信或者邮政专递",
            Delivery.WEB: "网上查看",
            Delivery.OTHER: "其他办法",
        }[self]


class FormalDocument(Base):
    """One document. `key` names it in addresses and events, since an id would tell how many there
    are; `unit_code` is whose document it is. `number` is written by the campaign's pattern from
    unit, kind, `year` and `serial`. `delivered_on` is a Shanghai date."""

    __tablename__ = "formal_document"
    __table_args__ = (
        UniqueConstraint("unit_code", "kind", "year", "serial"),
        Index("ix_formal_document_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind))
    state: Mapped[DocumentState] = mapped_column(choice(DocumentState))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    drafted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcMoment)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    issued_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    year: Mapped[int | None]
    serial: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(String(120))
    template_revision: Mapped[int | None]
    delivered_on: Mapped[date | None]
    delivered_how: Mapped[Delivery | None] = mapped_column(choice(Delivery))
