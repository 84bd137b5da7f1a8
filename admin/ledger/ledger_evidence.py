"""Files that came with a text of the ledger."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from admin.files.evidence import Evidence


class LedgerEvidence(Evidence):
    """A photograph or a paper that came with a finding, a measure that was done, a head's word."""

    __tablename__ = "ledger_evidence"

    text_id: Mapped[int] = mapped_column(ForeignKey("ledger_text.id"), index=True)
