"""What somebody answered by a slip."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class SlipAnswer(Base):
    """One answer, sealed to the office. It has its street and neither slip nor time."""

    __tablename__ = "assessment_answer"
    __table_args__ = (Index("ix_assessment_answer_assessment_id", "assessment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
