"""Files that came with a text of a round."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from admin.files.evidence import Evidence


class RoundEvidence(Evidence):
    """A photograph or a paper that came with what was seen at a visit, or with a unit's
    report on an order."""

    __tablename__ = "round_evidence"

    text_id: Mapped[int] = mapped_column(ForeignKey("round_text.id"), index=True)
