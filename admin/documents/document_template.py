"""A template of a kind of paper, in each of its revisions. Templates hold no case's content."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class TemplateKind(StrEnum):
    """What a template is for: a kind of formal document, by the same words, or a summary."""

    ACCEPTANCE = "acceptance"
    NON_ACCEPTANCE = "non_acceptance"
    HANDLING_OPINION = "handling_opinion"
    DISCLOSURE_ANSWER = "disclosure_answer"
    CORRECTION = "correction"
    EXTENSION = "extension"
    SUMMARY = "summary"

    @property
    def slug(self) -> str:
        """The kind as it stands in an address."""
        return self.value.replace("_", "-")


class DocumentTemplate(Base):
    """One revision, kept for good, so that what was issued can be made again as it was. `content`
    is a DOCX; `shipped` says that it is the product's own; `uploaded_by` is None where nobody asked
    for that one, and the first paper just used it."""

    __tablename__ = "document_template"
    __table_args__ = (UniqueConstraint("kind", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TemplateKind] = mapped_column(choice(TemplateKind))
    revision: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    shipped: Mapped[bool]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcMoment)
