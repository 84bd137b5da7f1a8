"""Files that came with what a team wrote down."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from admin.files.evidence import Evidence


class CheckEvidence(Evidence):
    """A photograph or a paper that came with visits to households, or with a conclusion."""

    __tablename__ = "spot_check_evidence"

    text_id: Mapped[int] = mapped_column(ForeignKey("spot_check_entry.id"), index=True)
