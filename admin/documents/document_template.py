"""A template of a kind of document, in each of its revisions. Templates hold no case's content."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.rules.formal_documents import DocumentKind
from portal.foundation.database import Base, UtcMoment, choice


class DocumentTemplate(Base):
    """One revision, kept for good, so that an issued document can be made again as it was.
    `content` is a DOCX; `shipped` says that it is the product's own; `uploaded_by` is None where
    nobody asked for that one, and the first document just used it."""

    __tablename__ = "document_template"
    __table_args__ = (UniqueConstraint("kind", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind))
    revision: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    shipped: Mapped[bool]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcMoment)
