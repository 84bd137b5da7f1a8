"""Words of a case: what the reporter wrote, what the unit answered, what staff noted. Always
sealed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from intake.vault.holders import CompartmentName
from portal.foundation.database import Base, UtcMoment, choice


class MessageKind(StrEnum):
    """What a text is in its case."""

    WORDS = "words"
    ACCUSED = "accused"
    BENEFICIARY = "beneficiary"
    CONTACT = "contact"
    REPRESENTATIVES = "representatives"
    SUPPLEMENT = "supplement"
    QUESTION = "question"
    OBJECTION = "objection"
    REMARK = "remark"
    EVIDENCE = "evidence"
    BECAUSE = "because"
    DECISION = "decision"
    EXAMPLE = "example"
    RULING = "ruling"
    EXTRACT = "extract"
    REASON = "reason"
    PART = "part"
    OPINION = "opinion"
    REPORT = "report"
    VERIFICATION = "verification"
    VERIFIED = "verified"
    PROPOSAL = "proposal"
    DRAFT = "draft"
    REPLY = "reply"
    NOTICE = "notice"
    TOLD = "told"
    NOTE = "note"
    VISIT = "visit"
    SUPERVISION = "supervision"
    DOCUMENT_DRAFT = "document_draft"
    DOCUMENT = "document"
    ORDER_ANSWER = "order_answer"

    @property
    def compartment(self) -> CompartmentName:
        """In which box this text lies."""
        return _COMPARTMENT[self]


_COMPARTMENT = {
    MessageKind.WORDS: CompartmentName.ORIGINAL,
    MessageKind.ACCUSED: CompartmentName.ORIGINAL,
    MessageKind.BENEFICIARY: CompartmentName.ORIGINAL,
    MessageKind.CONTACT: CompartmentName.IDENTITY,
    MessageKind.REPRESENTATIVES: CompartmentName.IDENTITY,
    MessageKind.SUPPLEMENT: CompartmentName.CONVERSATION,
    MessageKind.QUESTION: CompartmentName.CONVERSATION,
    MessageKind.OBJECTION: CompartmentName.CONVERSATION,
    MessageKind.REMARK: CompartmentName.CONVERSATION,
    # What was found in the words quotes them: it goes where they go.
    MessageKind.EVIDENCE: CompartmentName.ORIGINAL,
    MessageKind.BECAUSE: CompartmentName.NOTES,
    MessageKind.DECISION: CompartmentName.TRIAGE,
    MessageKind.EXAMPLE: CompartmentName.TRIAGE,
    MessageKind.RULING: CompartmentName.TRIAGE,
    MessageKind.EXTRACT: CompartmentName.EXTRACT,
    MessageKind.REASON: CompartmentName.NOTES,
    MessageKind.PART: CompartmentName.NOTES,
    MessageKind.OPINION: CompartmentName.NOTES,
    MessageKind.REPORT: CompartmentName.NOTES,
    MessageKind.VERIFICATION: CompartmentName.NOTES,
    MessageKind.VERIFIED: CompartmentName.NOTES,
    MessageKind.PROPOSAL: CompartmentName.NOTES,
    MessageKind.DRAFT: CompartmentName.NOTES,
    MessageKind.REPLY: CompartmentName.CONVERSATION,
    MessageKind.NOTICE: CompartmentName.CONVERSATION,
    MessageKind.TOLD: CompartmentName.CONVERSATION,
    MessageKind.NOTE: CompartmentName.NOTES,
    MessageKind.VISIT: CompartmentName.NOTES,
    MessageKind.SUPERVISION: CompartmentName.NOTES,
    MessageKind.DOCUMENT_DRAFT: CompartmentName.NOTES,
    MessageKind.DOCUMENT: CompartmentName.CONVERSATION,
    MessageKind.ORDER_ANSWER: CompartmentName.NOTES,
}

# What tells who a reporter is: opened on its own, with a reason.
TELLS_WHO_HE_IS = frozenset(
    kind for kind in MessageKind if kind.compartment is CompartmentName.IDENTITY
)


class Message(Base):
    """One sealed text. `staff_id` is None for what the reporter or a rule wrote."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[MessageKind] = mapped_column(choice(MessageKind))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
